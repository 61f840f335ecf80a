import type { RefObject } from 'react';
import type { SignedInStaff } from '../../contracts/access-api.ts';
import { parseLocalDate } from '../../followup/calendar/local-date.ts';
import { CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';
import type { CalendarController } from './calendar-controller.ts';
import type { CalendarState } from './calendar-state.ts';
import { DayNotes } from './day-head.tsx';
import { JumpField } from './jump-field.tsx';
import { dateAfter, type Shown, VIEW_NAMES, type ViewName } from './period.ts';
import { sayPeriod } from './place-words.ts';
import { resourcesShown } from './places.ts';

interface CalendarToolbarProps {
  readonly controller: CalendarController;
  readonly state: CalendarState;
  readonly units: SignedInStaff['units'];
  readonly isNarrow: boolean;
  readonly date: RefObject<HTMLInputElement | null>;
  readonly jump: RefObject<HTMLInputElement | null>;
  readonly whose: RefObject<HTMLSelectElement | null>;
  /** Absent for those who may not. */
  readonly onSetUp: (() => void) | undefined;
  readonly onFind: () => void;
}

/** What is looked at: when, in which view, whose. */
export function CalendarToolbar(props: CalendarToolbarProps) {
  const { controller, state, units, isNarrow, date, jump, whose, onSetUp, onFind } = props;
  const { shown, today, drawn } = state;
  const { view } = shown;
  const period = sayPeriod(shown, today);
  const day = drawn?.calendar.days[0];
  const unit = units.find(({ id }) => id === shown.unitId)?.name ?? '';
  return (
    <div className="toolbar">
      <div className="toolbar-line">
        <p className="printed">{words.printed(unit, period)}</p>
        <div className="group">
          <button type="button" aria-label={words.earlier[view]} onClick={() => go(controller, shown, -1)}>
            ‹
          </button>
          <button type="button" aria-keyshortcuts="t" onClick={() => controller.show({ date: today })}>
            {words.today}
          </button>
          <button type="button" aria-label={words.later[view]} onClick={() => go(controller, shown, 1)}>
            ›
          </button>
        </div>
        <label>
          <span className="for-listeners">{words.goToDate}</span>
          <input
            ref={date}
            type="date"
            value={shown.date}
            onChange={({ target }) => {
              const chosen = parseLocalDate(target.value);
              if (chosen) controller.show({ date: chosen });
            }}
          />
        </label>
        <div className="period">
          <h2 aria-live="polite">{period}</h2>
          {view === 'dag' && day?.date === shown.date && <DayNotes day={day} />}
        </div>
        {!isNarrow && (
          <fieldset className="group">
            <legend className="for-listeners">{words.views}</legend>
            {VIEW_NAMES.map((name) => (
              <button
                key={name}
                type="button"
                aria-pressed={name === view}
                onClick={() => controller.show(toView(name, state))}
              >
                {words.viewNames[name]}
              </button>
            ))}
          </fieldset>
        )}
      </div>
      <div className="toolbar-line">
        {units.length > 1 && (
          <label>
            {words.unit}
            <select
              value={shown.unitId}
              onChange={({ target }) => controller.show({ unitId: target.value, ...toWhose('performers', view) })}
            >
              {units.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          {words.whose}
          <select
            ref={whose}
            value={typeof shown.whose === 'object' ? shown.whose.resourceId : shown.whose}
            onChange={({ target }) => controller.show(toWhose(target.value, view))}
          >
            <option value="performers">{words.performers}</option>
            <option value="all">{words.everything}</option>
            {resourcesShown(drawn?.calendar.resources ?? [], 'all').map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {!isNarrow && <JumpField input={jump} today={today} onDay={(day) => controller.show({ date: day })} />}
        <div className="group end">
          <button type="button" aria-keyshortcuts="s" onClick={onFind}>
            {words.find}
          </button>
          <button type="button" className="print-button" onClick={() => print()}>
            {words.print}
          </button>
          {onSetUp && (
            <button type="button" onClick={onSetUp}>
              {words.setUp}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}

export function go(controller: CalendarController, shown: Shown, periods: number): void {
  controller.show({ date: dateAfter(shown, periods) });
}

/** One resource's week is that of who is chosen, or of the first; the week of all is of all. */
export function toView(view: ViewName, { shown: { whose }, drawn }: CalendarState): Partial<Shown> {
  if (view === 'dag') return { view };
  if (view === 'vecka') return { view, whose: typeof whose === 'object' ? 'performers' : whose };
  if (typeof whose === 'object') return { view };
  const [first] = resourcesShown(drawn?.calendar.resources ?? [], whose);
  return first ? { view, whose: { resourceId: first.id } } : {};
}

function toWhose(value: string, view: ViewName): Partial<Shown> {
  const isGroup = value === 'performers' || value === 'all';
  const isDay = view === 'dag';
  if (isGroup) return { whose: value, view: isDay ? 'dag' : 'vecka' };
  return { whose: { resourceId: value }, view: isDay ? 'dag' : 'resurs' };
}
