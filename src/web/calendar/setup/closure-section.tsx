import { useState } from 'react';
import { parseLocalDate } from '../../../followup/calendar/local-date.ts';
import { sayDate } from '../../../followup/calendar/say.ts';
import { calendarError } from '../../messages/calendar.sv.ts';
import { SETUP_MESSAGES as words } from '../../messages/calendar-setup.sv.ts';
import { Choice, Field, SelectField } from '../../shell/field.tsx';
import { FormDialog } from '../../shell/form-dialog.tsx';
import { useSending } from '../../shell/use-sending.ts';
import { minuteOf, sayMinute, textOf, toField } from './clock-fields.ts';
import type { Closure } from './setup-client.ts';
import type { SetupParts } from './setup-view.tsx';

const USUAL = { from: 780, until: 840 } as const;

/** When somebody is away, or the unit is shut. */
export function ClosureSection(parts: SetupParts) {
  const { client, setup, tell, tellFailure } = parts;
  const [isMaking, setMaking] = useState(false);
  const remove = (closure: Closure) => {
    const { id: _id, version: _version, ...same } = closure;
    void client
      .removeClosure(closure)
      .then(() => tell({ text: words.opened, undo: () => client.addClosure(same) }), tellFailure);
  };
  return (
    <section aria-labelledby="closures-heading">
      <div className="setup-head">
        <h3 id="closures-heading">{words.closuresHeading}</h3>
        <button type="button" onClick={() => setMaking(true)}>
          {words.newClosure}
        </button>
      </div>
      <p className="hint">{words.closuresHint}</p>
      {setup.closures.length === 0 && <p>{words.closuresNone}</p>}
      <ul className="setup-list">
        {setup.closures.map((closure) => {
          const what = sayClosure(closure, parts);
          return (
            <li key={closure.id}>
              <span>
                <strong>{what}</strong> {closure.reason}
              </span>
              <button type="button" aria-label={words.removeLabel(what)} onClick={() => remove(closure)}>
                {words.remove}
              </button>
            </li>
          );
        })}
      </ul>
      {isMaking && <ClosureDialog {...parts} onClose={() => setMaking(false)} />}
    </section>
  );
}

/** "Elin Lind, mån 7 december–fre 11 december", "Hela enheten, ons 2 december 13.00–14.00". */
function sayClosure(
  { resourceId, firstDay, lastDay, fromMinute, untilMinute }: Closure,
  { setup, today }: SetupParts,
): string {
  const who = setup.resources.find(({ id }) => id === resourceId)?.name ?? words.wholeUnit;
  const day = (text: string) => sayDate(parseLocalDate(text)!, today);
  const days = firstDay === lastDay ? day(firstDay) : `${day(firstDay)}–${day(lastDay)}`;
  const clock =
    fromMinute === null || untilMinute === null ? '' : ` ${sayMinute(fromMinute)}–${sayMinute(untilMinute)}`;
  return `${who}, ${days}${clock}`;
}

function ClosureDialog({ client, unitId, setup, today, tell, onClose }: SetupParts & { onClose: () => void }) {
  const { failure, send } = useSending();
  const [problem, setProblem] = useState<string>();
  const [areWholeDays, setWholeDays] = useState(true);

  const submit = (form: FormData) => {
    const [firstDay, lastDay] = [textOf(form, 'firstDay')!, textOf(form, 'lastDay')!];
    const [fromMinute, untilMinute] = areWholeDays
      ? [null, null]
      : [minuteOf(form, 'from') ?? null, minuteOf(form, 'until') ?? null];
    const isBackwards = fromMinute !== null && untilMinute !== null && untilMinute <= fromMinute;
    const wrong = lastDay < firstDay ? words.badDays : isBackwards ? words.badTimes : undefined;
    setProblem(wrong);
    if (wrong !== undefined) return;
    void send(async () => {
      const resourceId = textOf(form, 'resource');
      const reason = textOf(form, 'reason')!;
      const made = await client.addClosure({ unitId, resourceId, firstDay, lastDay, fromMinute, untilMinute, reason });
      onClose();
      const text = made.bookedMeanwhile > 0 ? words.closedWithBooked(made.bookedMeanwhile) : words.closed;
      tell({ text, undo: () => client.removeClosure(made) });
    });
  };

  return (
    <FormDialog
      heading={words.newClosure}
      submit={words.save}
      failure={problem ?? (failure && calendarError(failure))}
      onSubmit={submit}
      onClose={onClose}
    >
      <SelectField label={words.forWhom} name="resource" data-first>
        <option value="">{words.wholeUnit}</option>
        {setup.resources
          .filter(({ active }) => active)
          .map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
      </SelectField>
      <div className="field-pair">
        <Field label={words.firstDay} name="firstDay" type="date" defaultValue={today} />
        <Field label={words.lastDay} name="lastDay" type="date" defaultValue={today} />
      </div>
      <Choice label={words.wholeDays} checked={areWholeDays} onChange={({ target }) => setWholeDays(target.checked)} />
      {!areWholeDays && (
        <div className="field-pair">
          <Field label={words.from} name="from" type="time" defaultValue={toField(USUAL.from)} />
          <Field label={words.until} name="until" type="time" defaultValue={toField(USUAL.until)} />
        </div>
      )}
      <Field label={words.reason} name="reason" autoComplete="off" />
    </FormDialog>
  );
}
