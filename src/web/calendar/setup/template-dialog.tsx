import { useState } from 'react';
import { WEEKDAY_NAMES } from '../../../followup/calendar/say.ts';
import { calendarError } from '../../messages/calendar.sv.ts';
import { SETUP_MESSAGES as words } from '../../messages/calendar-setup.sv.ts';
import { Choice, Field, SelectField } from '../../shell/field.tsx';
import { FormDialog } from '../../shell/form-dialog.tsx';
import { useSending } from '../../shell/use-sending.ts';
import { capital } from '../place-words.ts';
import { minuteOf, textOf, toField } from './clock-fields.ts';
import type { Template } from './setup-client.ts';
import type { SetupParts } from './setup-view.tsx';

const USUAL = { from: 480, until: 720, slotMinutes: 30, lentUntilDays: 14 } as const;
const MOST_WEEKS = 4;

/** A weekly template: made for several weekdays at once, changed one at a time. */
export function TemplateDialog({
  client,
  unitId,
  setup,
  today,
  tell,
  template,
  onClose,
}: SetupParts & { template: Template | 'new'; onClose: () => void }) {
  const before = template === 'new' ? undefined : template;
  const { failure, send } = useSending();
  const [problem, setProblem] = useState<string>();
  const [isLent, setLent] = useState(before !== undefined && before.lentUntilDays !== null);

  const submit = (form: FormData) => {
    const read = fieldsOf(form, isLent);
    setProblem(typeof read === 'string' ? read : undefined);
    if (typeof read === 'string') return;
    const { weekdays, ...fields } = read;
    void send(async () => {
      if (before) {
        const { id, version } = await client.changeTemplate(before, { ...fields, weekday: weekdays[0]! });
        onClose();
        const { id: _id, version: _version, unitId: _unit, resourceId: _resource, ...same } = before;
        tell({ text: words.templateSaved, undo: () => client.changeTemplate({ id, version }, same) });
        return;
      }
      const made: Template[] = [];
      for (const weekday of weekdays) {
        made.push(await client.addTemplate({ ...fields, weekday, unitId, resourceId: textOf(form, 'resource')! }));
      }
      onClose();
      const undo = () => Promise.all(made.map((one) => client.removeTemplate(one)));
      tell({ text: words.templateSaved, undo });
    });
  };

  // What was chosen and is put away since stays chosen until somebody takes it out.
  const rooms = setup.resources.filter(({ id, kind, active }) => kind === 'room' && (active || id === before?.roomId));
  const visitTypes = setup.visitTypes.filter(({ id, active }) => active || before?.visitTypeIds.includes(id));
  return (
    <FormDialog
      heading={before ? words.changeTemplate : words.newTemplate}
      submit={words.save}
      failure={problem ?? (failure && calendarError(failure))}
      onSubmit={submit}
      onClose={onClose}
    >
      {!before && (
        <SelectField label={words.forWhom} name="resource" data-first>
          {setup.resources
            .filter(({ kind, active }) => active && kind !== 'room' && kind !== 'equipment')
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </SelectField>
      )}
      {before ? (
        <SelectField label={words.weekday} name="weekday" defaultValue={before.weekday} data-first>
          {WEEKDAY_NAMES.map((name, index) => (
            <option key={name} value={index + 1}>
              {capital(name)}
            </option>
          ))}
        </SelectField>
      ) : (
        <fieldset className="form-group weekdays">
          <legend>{words.weekdays}</legend>
          {WEEKDAY_NAMES.map((name, index) => (
            <Choice key={name} name="weekday" value={index + 1} label={capital(name)} />
          ))}
        </fieldset>
      )}
      <div className="field-pair">
        <Field label={words.from} name="from" type="time" defaultValue={toField(before?.fromMinute ?? USUAL.from)} />
        <Field
          label={words.until}
          name="until"
          type="time"
          defaultValue={toField(before?.untilMinute ?? USUAL.until)}
        />
        <Field
          label={words.slotMinutes}
          name="slotMinutes"
          type="number"
          min={5}
          max={480}
          defaultValue={before?.slotMinutes ?? USUAL.slotMinutes}
        />
      </div>
      <div className="field-pair">
        <SelectField label={words.everyWeeks} name="everyWeeks" defaultValue={before?.everyWeeks ?? 1}>
          {Array.from({ length: MOST_WEEKS }, (_, index) => (
            <option key={words.everyWeek(index + 1)} value={index + 1}>
              {capital(words.everyWeek(index + 1))}
            </option>
          ))}
        </SelectField>
        <SelectField label={words.room} name="room" defaultValue={before?.roomId ?? ''}>
          <option value="">{words.noRoom}</option>
          {rooms.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      </div>
      <div className="field-pair">
        <Field label={words.validFrom} name="validFrom" type="date" defaultValue={before?.validFrom ?? today} />
        <Field
          label={words.validUntil}
          hint={words.validUntilHint}
          name="validUntil"
          type="date"
          required={false}
          defaultValue={before?.validUntil ?? ''}
        />
      </div>
      <fieldset className="form-group">
        <legend>{words.onlyFor}</legend>
        <p className="hint">{words.onlyForHint}</p>
        {visitTypes.map(({ id, name, active }) => (
          <Choice
            key={id}
            name="visitType"
            value={id}
            label={active ? name : `${name} (${words.isAway})`}
            defaultChecked={before?.visitTypeIds.includes(id) ?? false}
          />
        ))}
      </fieldset>
      <Choice
        label={words.lent}
        hint={words.lentHint}
        checked={isLent}
        onChange={({ target }) => setLent(target.checked)}
      />
      {isLent && (
        <Field
          label={words.lentUntilDays}
          name="lentUntilDays"
          type="number"
          min={0}
          max={365}
          defaultValue={before?.lentUntilDays ?? USUAL.lentUntilDays}
        />
      )}
      <Choice label={words.onFreeDays} name="onFreeDays" defaultChecked={before?.onFreeDays ?? false} />
      <Choice label={words.onBridgeDays} name="onBridgeDays" defaultChecked={before?.onBridgeDays ?? true} />
    </FormDialog>
  );
}

/** What the form says, or what is wrong with it. */
function fieldsOf(form: FormData, isLent: boolean) {
  const [fromMinute, untilMinute] = [minuteOf(form, 'from'), minuteOf(form, 'until')];
  const slotMinutes = Number(form.get('slotMinutes'));
  const weekdays = form.getAll('weekday').map(Number);
  const [validFrom, validUntil] = [textOf(form, 'validFrom')!, textOf(form, 'validUntil')];
  if (weekdays.length === 0) return words.noWeekday;
  if (fromMinute === undefined || untilMinute === undefined || untilMinute - fromMinute < slotMinutes)
    return words.badTimes;
  if (validUntil !== null && validUntil < validFrom) return words.badDays;
  return {
    weekdays,
    fromMinute,
    untilMinute,
    slotMinutes,
    validFrom,
    validUntil,
    everyWeeks: Number(form.get('everyWeeks')),
    roomId: textOf(form, 'room'),
    visitTypeIds: form.getAll('visitType').map(String),
    lentUntilDays: isLent ? Number(form.get('lentUntilDays')) : null,
    onFreeDays: form.has('onFreeDays'),
    onBridgeDays: form.has('onBridgeDays'),
  };
}
