import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { calendarError, CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';
import { Failure } from '../shell/failure.tsx';
import type { PageSession } from '../shell/session.ts';
import { ShellHeader } from '../shell/shell-header.tsx';
import { SingleKeyList } from '../shell/single-key-list.tsx';
import { readSingleKeys } from '../shell/single-keys.ts';
import { useMedia } from '../shell/use-media.ts';
import { useSession } from '../shell/use-session.ts';
import { type CalendarController, openCalendar } from './calendar-controller.ts';
import { CalendarGrid } from './calendar-grid.tsx';
import { CALENDAR_KEYS } from './calendar-keys.ts';
import { CalendarToolbar } from './calendar-toolbar.tsx';
import { FindVisitDialog } from './find-visit-dialog.tsx';
import { Legend } from './legend.tsx';
import { MoveBar } from './move-bar.tsx';
import { NoticeBar } from './notice-bar.tsx';
import { OpenPanel } from './open-panel.tsx';
import { SetupView } from './setup/setup-view.tsx';
import { Skeleton } from './skeleton.tsx';
import { useCalendarKeys } from './use-calendar-keys.ts';

/** Where columns side by side have no room. */
const NARROW = '(max-width: 720px)';

/** The calendar of the units of whoever is signed in. */
export function CalendarPage() {
  const { session, failure } = useSession();
  return (
    <>
      <ShellHeader path="/tidbok" session={session} />
      {failure !== undefined && <Failure text={calendarError(failure)} onRetry={() => location.reload()} />}
      {failure === undefined && session === undefined && <main className="calendar-main" aria-busy="true" />}
      {session && <Calendar session={session} />}
    </>
  );
}

function Calendar({ session }: { session: PageSession }) {
  const isNarrow = useMedia(NARROW);
  const [controller] = useState(() => openCalendar(session, { isNarrow }));
  const [isSettingUp, setSettingUp] = useState(false);
  const { shown } = useSyncExternalStore(controller.state.subscribe, controller.state.get);
  const { units, roles } = session.staff;
  if (units.length === 0) return <p role="alert">{words.noUnit}</p>;
  if (isSettingUp) {
    const unit = units.find(({ id }) => id === shown.unitId)!;
    const onClose = () => {
      setSettingUp(false);
      void controller.shown.refresh();
    };
    return <SetupView session={session} unit={unit} onClose={onClose} />;
  }
  const onSetUp = roles.includes('administrator') ? () => setSettingUp(true) : undefined;
  return <ShownCalendar session={session} controller={controller} isNarrow={isNarrow} onSetUp={onSetUp} />;
}

function ShownCalendar({
  session,
  controller,
  isNarrow,
  onSetUp,
}: {
  session: PageSession;
  controller: CalendarController;
  isNarrow: boolean;
  onSetUp: (() => void) | undefined;
}) {
  const state = useSyncExternalStore(controller.state.subscribe, controller.state.get);
  const { shown, drawn, open, phase, failure } = state;
  const [areSingleKeysOn, setSingleKeys] = useState(readSingleKeys);
  const keyList = useRef<HTMLDialogElement>(null);
  const date = useRef<HTMLInputElement>(null);
  const jump = useRef<HTMLInputElement>(null);
  const whose = useRef<HTMLSelectElement>(null);
  const [isFinding, setFinding] = useState(false);
  const onFind = () => setFinding(true);
  useCalendarKeys(controller, { date, jump, whose, keyList, areSingleKeysOn, isNarrow, onFind });
  useEffect(() => {
    if (isNarrow && shown.view !== 'dag') controller.show({ view: 'dag' });
  }, [isNarrow, shown.view, controller]);

  return (
    <main className="calendar-main">
      <CalendarToolbar
        controller={controller}
        state={state}
        units={session.staff.units}
        isNarrow={isNarrow}
        date={date}
        jump={jump}
        whose={whose}
        onSetUp={onSetUp}
        onFind={onFind}
      />
      {state.isOffline && (
        <p className="offline" role="status">
          {words.offline}
        </p>
      )}
      <div className={open ? 'calendar-body with-panel' : 'calendar-body'}>
        {phase === 'failed' && (
          <div className="nothing failed" role="alert">
            <h3>{words.failedHeading}</h3>
            <p>{calendarError(failure ?? '')}</p>
            <button type="button" className="primary" onClick={() => controller.show({})}>
              {words.tryAgain}
            </button>
          </div>
        )}
        {phase !== 'failed' && !drawn && <Skeleton shown={shown} isNarrow={isNarrow} />}
        {phase !== 'failed' && drawn && (
          <CalendarGrid
            controller={controller}
            state={state}
            drawn={drawn}
            isNarrow={isNarrow}
            areSingleKeysOn={areSingleKeysOn}
            onSetUp={onSetUp}
          />
        )}
        {open && <OpenPanel controller={controller} state={state} open={open} />}
      </div>
      <footer>
        <Legend />
        <button type="button" className="plain" aria-keyshortcuts="?" onClick={() => keyList.current?.showModal()}>
          {words.keys}
        </button>
      </footer>
      {isFinding && <FindVisitDialog controller={controller} onClose={() => setFinding(false)} />}
      <MoveBar controller={controller} state={state} />
      <NoticeBar controller={controller} state={state} />
      <SingleKeyList
        dialog={keyList}
        heading={words.keysHeading}
        keys={CALENDAR_KEYS}
        choice={words.singleKeys}
        areSingleKeysOn={areSingleKeysOn}
        onSingleKeys={setSingleKeys}
      />
    </main>
  );
}
