import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { QuestionLine } from '../../contracts/notes-api-questions.ts';
import { FAILURES, OTHER_FAILURE, QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import { QuestionDialog } from '../notes/question-dialog.tsx';
import { Observable } from '../observable.ts';
import type { PageSession } from '../shell/session.ts';
import { ShellHeader } from '../shell/shell-header.tsx';
import { SingleKeyList } from '../shell/single-key-list.tsx';
import { readSingleKeys } from '../shell/single-keys.ts';
import { useSession } from '../shell/use-session.ts';
import { BulkBar, NoticeBar } from './bars.tsx';
import { FilterBar } from './filter-bar.tsx';
import { LeftNotesDialog } from './left-notes.tsx';
import { openQueue, type QueueController } from './queue-controller.ts';
import { QUEUE_KEYS } from './queue-keys.ts';
import { FIRST_STATE, type QueueState } from './queue-state.ts';
import { QueueTable } from './queue-table.tsx';
import { QueueToolbar } from './queue-toolbar.tsx';
import { actionsOf } from './task-buttons.tsx';
import { AskDialog, CancelDialog, type Intent, WaitDialog } from './task-dialogs.tsx';
import { TaskPanel } from './task-panel.tsx';
import { type TaskKeyAction, useQueueKeys } from './use-queue-keys.ts';

const NOT_YET = new Observable<QueueState>(FIRST_STATE);

/** The booking queue, for whoever is signed in. */
export function QueuePage() {
  const { session, failure } = useSession();
  return (
    <>
      <ShellHeader path="/bokning" session={session} />
      {failure !== undefined && <Failure code={failure} onRetry={() => location.reload()} />}
      {failure === undefined && <Queue session={session} />}
    </>
  );
}

function Queue({ session }: { session: PageSession | undefined }) {
  const grid = useRef<HTMLTableElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const keyList = useRef<HTMLDialogElement>(null);
  const [isFilterOpen, setFilterOpen] = useState(false);
  const [areLeftNotesOpen, setLeftNotesOpen] = useState(false);
  const [areSingleKeysOn, setSingleKeys] = useState(readSingleKeys);
  const [intent, setIntent] = useState<Intent>();
  const [controller, setController] = useState<QueueController>();
  const observable = controller?.state ?? NOT_YET;
  const state = useSyncExternalStore(observable.subscribe, observable.get);

  useEffect(() => {
    if (session) setController(openQueue(session));
  }, [session]);

  const toGrid = () => grid.current?.focus();
  const onAct = (action: TaskKeyAction) => {
    if (controller) void begin(controller, action, setIntent, toGrid);
  };
  useQueueKeys(controller, {
    grid,
    search,
    areSingleKeysOn,
    onFilters: () => setFilterOpen((isOpen) => !isOpen),
    onKeyList: () => keyList.current?.showModal(),
    onAct,
  });
  const isEmpty = state.phase === 'ready' && state.tasks.length === 0;
  const units = useMemo(() => new Map(session?.staff.units.map(({ id, name }) => [id, name])), [session]);
  const isNarrowed = useMemo(() => Object.keys(state.filter).length > 0, [state.filter]);
  if (!controller) return <main className="queue-main" aria-busy="true" />;

  return (
    <main className={state.open ? 'queue-main with-panel' : 'queue-main'}>
      <div className="queue-list">
        <QueueToolbar
          controller={controller}
          state={state}
          search={search}
          units={units}
          isFilterOpen={isFilterOpen}
          onFilters={() => setFilterOpen(!isFilterOpen)}
          onLeftNotes={() => setLeftNotesOpen(true)}
        />
        {isFilterOpen && <FilterBar controller={controller} state={state} units={session?.staff.units ?? []} />}
        {state.isOffline && (
          <p className="offline" role="status">
            {words.offline}
          </p>
        )}
        {state.phase === 'failed' && (
          <Failure code={state.failure} onRetry={() => void controller.list.show(state.filter)} />
        )}
        {isEmpty && (
          <div className="nothing">
            <h3>{isNarrowed ? words.emptyFilterHeading : words.emptyHeading}</h3>
            <p>{isNarrowed ? words.emptyFilterText : words.emptyText}</p>
            {isNarrowed && (
              <button type="button" onClick={() => void controller.list.show({})}>
                {words.clearFilters}
              </button>
            )}
          </div>
        )}
        {!isEmpty && state.phase !== 'failed' && <QueueTable controller={controller} state={state} grid={grid} />}
        <footer>
          <button type="button" className="plain" aria-keyshortcuts="?" onClick={() => keyList.current?.showModal()}>
            {words.keys}
          </button>
        </footer>
      </div>
      {state.open && (
        <TaskPanel
          controller={controller}
          state={state}
          open={state.open}
          onAct={onAct}
          onClose={() => {
            void controller.opening.close();
            toGrid();
          }}
        />
      )}
      <BulkBar controller={controller} state={state} onAct={onAct} />
      <NoticeBar controller={controller} state={state} />
      {state.answering && <AnsweredQuestion controller={controller} state={state} question={state.answering} />}
      {areLeftNotesOpen && <LeftNotesDialog left={state.leftNotes} onClose={() => setLeftNotesOpen(false)} />}
      {intent && (
        <IntentDialog
          controller={controller}
          state={state}
          intent={intent}
          onClose={() => setIntent(undefined)}
          onDone={toGrid}
        />
      )}
      <SingleKeyList
        dialog={keyList}
        heading={words.keysHeading}
        keys={QUEUE_KEYS}
        choice={words.singleKeys}
        areSingleKeysOn={areSingleKeysOn}
        onSingleKeys={setSingleKeys}
      />
    </main>
  );
}

/** Does at once what needs no words, and asks for them first otherwise. */
async function begin(
  controller: QueueController,
  action: TaskKeyAction,
  setIntent: (intent: Intent) => void,
  toGrid: () => void,
): Promise<void> {
  const { state, actions, opening } = controller;
  const detail = await opening.settled();
  const { selectedIds, tasks, staffId } = state.get();
  const chosen = detail ? [detail] : tasks.filter(({ id }) => selectedIds.has(id));
  if (chosen.length === 0 || (detail && !actionsOf(detail, staffId).includes(action))) return;
  switch (action) {
    case 'ask':
      if (detail) setIntent({ kind: 'ask', detail });
      return;
    case 'wait':
    case 'cancel':
      setIntent({ kind: action, tasks: chosen });
      return;
    case 'takeOver':
      await (detail ? opening.claim(detail) : actions.claim(chosen));
      return;
    case 'release':
      await opening.close({ isDone: true });
      await actions.release(chosen);
      toGrid();
      return;
    default:
      action satisfies never;
  }
}

function IntentDialog({
  controller,
  state,
  intent,
  onClose,
  onDone,
}: {
  controller: QueueController;
  state: QueueState;
  intent: Intent;
  onClose: () => void;
  onDone: () => void;
}) {
  const { actions, opening } = controller;
  const run = (work: () => Promise<void>) => {
    onClose();
    void opening.close({ isDone: true }).then(work).then(onDone);
  };
  if (intent.kind === 'ask') {
    const { detail } = intent;
    const onAsk = (toStaffId: string, text: string) =>
      run(() => actions.ask(detail, { action: 'ask', toStaffId, text }));
    return <AskDialog detail={detail} onAsk={onAsk} onClose={onClose} />;
  }
  const { tasks } = intent;
  const count = tasks.length;
  return intent.kind === 'wait' ? (
    <WaitDialog
      count={count}
      today={state.today}
      onWait={(until) => run(() => actions.letWait(tasks, until))}
      onClose={onClose}
    />
  ) : (
    <CancelDialog count={count} onCancel={(why) => run(() => actions.cancel(tasks, why))} onClose={onClose} />
  );
}

function AnsweredQuestion({
  controller: { questions },
  state: { answerFailure },
  question,
}: {
  controller: QueueController;
  state: QueueState;
  question: QuestionLine;
}) {
  return (
    <QuestionDialog
      key={question.id}
      question={question}
      failure={answerFailure}
      mayDecide={false}
      onAnswer={(answer) => void questions.answer(question, answer)}
      onPassOn={(to) => void questions.passOn(question, to)}
      onClose={() => questions.close()}
    />
  );
}

function Failure({ code, onRetry }: { code: string | undefined; onRetry: () => void }) {
  return (
    <div className="nothing failed" role="alert">
      <h3>{words.failedHeading}</h3>
      <p>{FAILURES[code ?? ''] ?? OTHER_FAILURE}</p>
      <button type="button" className="primary" onClick={onRetry}>
        {words.retry}
      </button>
    </div>
  );
}
