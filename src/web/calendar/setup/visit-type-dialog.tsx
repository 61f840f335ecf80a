import { useState } from 'react';
import type { z } from 'zod';
import type { VisitTypeBody } from '../../../contracts/calendar-api.ts';
import { TYPE_WORDS } from '../../../contracts/follow-up-words.ts';
import { RequestType } from '../../../contracts/followup.ts';
import { needsTime } from '../../../contracts/timed-types.ts';
import { calendarError } from '../../messages/calendar.sv.ts';
import { SETUP_MESSAGES as setupWords } from '../../messages/calendar-setup.sv.ts';
import { VISIT_TYPE_MESSAGES as words } from '../../messages/visit-types.sv.ts';
import { Choice, Field, SelectField } from '../../shell/field.tsx';
import { FormDialog } from '../../shell/form-dialog.tsx';
import { useSending } from '../../shell/use-sending.ts';
import { textOf } from './clock-fields.ts';
import { isNameTaken } from './names.ts';
import { RoleField } from './role-field.tsx';
import type { VisitType } from './setup-client.ts';
import type { SetupParts } from './setup-view.tsx';

type Body = z.input<typeof VisitTypeBody>;

const USUAL_MINUTES = 30;
const TYPES = RequestType.options.filter(needsTime);

/** Makes a visit type, or changes it. */
export function VisitTypeDialog({
  client,
  unitId,
  setup,
  tell,
  visitType,
  onClose,
}: SetupParts & { visitType: VisitType | 'new'; onClose: () => void }) {
  const before = visitType === 'new' ? undefined : visitType;
  const { failure, send } = useSending();
  const [problem, setProblem] = useState<string>();

  const submit = (form: FormData) => {
    const body = read(form, before);
    const isTaken = isNameTaken(setup.visitTypes, body.name, before);
    setProblem(isTaken ? setupWords.nameTaken(body.name) : undefined);
    if (isTaken) return;
    void send(async () => {
      const { name } = body;
      if (before) {
        const changed = await client.changeVisitType(before, body);
        onClose();
        tell({ text: words.changed(name), undo: () => client.changeVisitType(changed, bodyOf(before)) });
        return;
      }
      const { active: _, ...fields } = body;
      const made = await client.addVisitType({ unitId, ...fields });
      onClose();
      tell({ text: words.made(name), undo: () => client.changeVisitType(made, { ...body, active: false }) });
    });
  };

  const takenAlong = (kind: 'room' | 'equipment', chosen: readonly string[]) =>
    setup.resources.filter((one) => one.kind === kind && (one.active || chosen.includes(one.id)));
  const rooms = takenAlong('room', before?.roomIds ?? []);
  const equipment = takenAlong('equipment', before?.equipmentIds ?? []);
  return (
    <FormDialog
      heading={before ? setupWords.changeLabel(before.name) : words.create}
      submit={setupWords.save}
      failure={problem ?? (failure && calendarError(failure))}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={words.name} name="name" autoComplete="off" defaultValue={before?.name} data-first />
      <Field
        label={words.publicName}
        hint={words.publicNameHint}
        name="publicName"
        required={false}
        autoComplete="off"
        defaultValue={before?.publicName ?? ''}
      />
      <div className="field-pair">
        <SelectField label={words.type} name="type" defaultValue={before?.type ?? TYPES[0]}>
          {TYPES.map((type) => (
            <option key={type} value={type}>
              {TYPE_WORDS[type]}
            </option>
          ))}
        </SelectField>
        <RoleField label={words.role} none={words.anyRole} setup={setup} before={before?.role ?? null} />
      </div>
      <Field
        label={words.service}
        hint={words.serviceHint}
        name="service"
        required={false}
        autoComplete="off"
        defaultValue={before?.service ?? ''}
      />
      <div className="field-pair">
        <Field
          label={words.minutes}
          name="minutes"
          type="number"
          min={5}
          max={600}
          defaultValue={before?.durationMinutes ?? USUAL_MINUTES}
        />
        <Field
          label={words.interpreterMinutes}
          name="interpreterMinutes"
          type="number"
          min={0}
          max={240}
          defaultValue={before?.interpreterExtraMinutes ?? 0}
        />
      </div>
      <Things legend={words.rooms} hint={words.roomsHint} name="room" things={rooms} chosen={before?.roomIds} />
      <Things
        legend={words.equipment}
        hint={words.equipmentHint}
        name="equipment"
        things={equipment}
        chosen={before?.equipmentIds}
      />
      <fieldset className="form-group">
        <legend>{words.patients}</legend>
        <p className="hint">{words.patientsHint}</p>
        <Choice label={words.patientsBook} name="patientsBook" defaultChecked={before?.patientsBook ?? true} />
        <Choice label={words.patientsRebook} name="patientsRebook" defaultChecked={before?.patientsRebook ?? true} />
      </fieldset>
    </FormDialog>
  );
}

function Things({
  legend,
  hint,
  name,
  things,
  chosen = [],
}: {
  legend: string;
  hint: string;
  name: string;
  things: SetupParts['setup']['resources'];
  chosen: readonly string[] | undefined;
}) {
  if (things.length === 0) return null;
  return (
    <fieldset className="form-group">
      <legend>{legend}</legend>
      <p className="hint">{hint}</p>
      {things.map((one) => (
        <Choice
          key={one.id}
          name={name}
          value={one.id}
          label={one.active ? one.name : `${one.name} (${setupWords.isAway})`}
          defaultChecked={chosen.includes(one.id)}
        />
      ))}
    </fieldset>
  );
}

/** As it is changed. */
export function bodyOf({ id: _id, version: _version, unitId: _unit, ...body }: VisitType): Body {
  return body;
}

function read(form: FormData, before: VisitType | undefined): Body {
  return {
    name: textOf(form, 'name')!,
    publicName: textOf(form, 'publicName'),
    type: RequestType.parse(form.get('type')),
    service: textOf(form, 'service'),
    role: textOf(form, 'role'),
    durationMinutes: Number(form.get('minutes')),
    interpreterExtraMinutes: Number(form.get('interpreterMinutes')),
    roomIds: form.getAll('room').map(String),
    equipmentIds: form.getAll('equipment').map(String),
    patientsBook: form.has('patientsBook'),
    patientsRebook: form.has('patientsRebook'),
    active: before?.active ?? true,
  };
}
