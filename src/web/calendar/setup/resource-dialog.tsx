import { useState } from 'react';
import { RESOURCE_KINDS, type ResourceKind } from '../../../contracts/calendar.ts';
import { INTERPRETER_LANGUAGES } from '../../../contracts/languages.ts';
import { calendarError, KIND_WORDS } from '../../messages/calendar.sv.ts';
import { SETUP_MESSAGES as words } from '../../messages/calendar-setup.sv.ts';
import { languageInWords } from '../../messages/queue-fields.sv.ts';
import { Field, SelectField } from '../../shell/field.tsx';
import { FormDialog } from '../../shell/form-dialog.tsx';
import { useSending } from '../../shell/use-sending.ts';
import { textOf } from './clock-fields.ts';
import { isNameTaken } from './names.ts';
import { RoleField } from './role-field.tsx';
import type { Resource } from './setup-client.ts';
import type { SetupParts } from './setup-view.tsx';

/** Gives somebody or something a calendar, or renames it. */
export function ResourceDialog({
  client,
  unitId,
  setup,
  tell,
  resource,
  onClose,
}: SetupParts & { resource: Resource | 'new'; onClose: () => void }) {
  const before = resource === 'new' ? undefined : resource;
  const { failure, send } = useSending();
  const [problem, setProblem] = useState<string>();
  const [kind, setKind] = useState<ResourceKind>(before?.kind ?? 'person');
  const [person, setPerson] = useState(setup.people.at(0));

  const submit = (form: FormData) => {
    const role = textOf(form, 'role');
    const name = textOf(form, 'name') ?? '';
    const isTaken = isNameTaken(setup.resources, name, before);
    setProblem(isTaken ? words.nameTaken(name) : undefined);
    if (isTaken) return;
    void send(async () => {
      if (before) {
        const { active } = before;
        const changed = await client.changeResource(before, { name, role, active });
        onClose();
        const undo = () => client.changeResource(changed, { name: before.name, role: before.role, active });
        tell({ text: words.changedWho(name), undo });
        return;
      }
      const staffId = kind === 'person' ? person!.id : null;
      const made = await client.addResource({ unitId, kind, name, role, staffId, language: textOf(form, 'language') });
      onClose();
      tell({ text: words.madeWho(name), undo: () => client.changeResource(made, { name, role, active: false }) });
    });
  };

  const isReady = before !== undefined || kind !== 'person' || person !== undefined;
  // The fields of another kind or person begin anew.
  const key = `${kind} ${kind === 'person' ? person?.id : ''}`;
  const usual = before ?? (kind === 'person' ? person : undefined);
  return (
    <FormDialog
      heading={before ? words.changeLabel(before.name) : words.newWho}
      submit={words.save}
      isReady={isReady}
      failure={problem ?? (failure && calendarError(failure))}
      onSubmit={submit}
      onClose={onClose}
    >
      {!before && (
        <SelectField
          label={words.kind}
          value={kind}
          onChange={({ target }) => setKind(RESOURCE_KINDS.find((one) => one === target.value)!)}
          data-first
        >
          {RESOURCE_KINDS.map((one) => (
            <option key={one} value={one}>
              {KIND_WORDS[one]}
            </option>
          ))}
        </SelectField>
      )}
      {!before && kind === 'person' && person === undefined && <p>{words.nobodyLeft}</p>}
      {!before && kind === 'person' && person !== undefined && (
        <SelectField
          label={words.person}
          hint={words.personHint}
          value={person.id}
          onChange={({ target }) => setPerson(setup.people.find(({ id }) => id === target.value))}
        >
          {setup.people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {isReady && (
        <div className="form-parts" key={key}>
          <Field
            label={words.name}
            name="name"
            autoComplete="off"
            defaultValue={usual?.name}
            data-first={before && ''}
          />
          {(kind === 'person' || kind === 'role') && (
            <RoleField
              label={words.role}
              hint={words.roleHint}
              none={kind === 'role' ? words.chooseRole : words.noRole}
              isRequired={kind === 'role'}
              setup={setup}
              before={usual?.role ?? null}
            />
          )}
          {kind === 'interpreter' && !before && (
            <SelectField label={words.language} name="language" defaultValue="ar">
              {languages.map(([code, name]) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </SelectField>
          )}
        </div>
      )}
    </FormDialog>
  );
}

const languages = INTERPRETER_LANGUAGES.map((code) => [code, languageInWords(code)] as const).toSorted(
  ([, one], [, other]) => one.localeCompare(other, 'sv'),
);
