import { useState } from 'react';
import { RESOURCE_KINDS, type ResourceKind } from '../../../contracts/calendar.ts';
import { withSwedishLetters } from '../../../contracts/follow-up-words.ts';
import { calendarError, KIND_WORDS } from '../../messages/calendar.sv.ts';
import { SETUP_MESSAGES as words } from '../../messages/calendar-setup.sv.ts';
import { Field, SelectField } from '../../shell/field.tsx';
import { FormDialog } from '../../shell/form-dialog.tsx';
import { useSending } from '../../shell/use-sending.ts';
import { textOf } from './clock-fields.ts';
import type { Resource } from './setup-client.ts';
import type { SetupParts } from './setup-view.tsx';

/** Who and what has times at the unit. */
export function ResourceSection(parts: SetupParts) {
  const { client, setup, tell, tellFailure } = parts;
  const [isMaking, setMaking] = useState(false);
  const setActive = (resource: Resource, active: boolean) => {
    const { name, role } = resource;
    void client.changeResource(resource, { name, role, active }).then(
      (changed) =>
        tell({
          text: active ? words.backSaid(name) : words.awaySaid(name),
          undo: () => client.changeResource(changed, { name, role, active: !active }),
        }),
      tellFailure,
    );
  };
  return (
    <section aria-labelledby="resources-heading">
      <div className="setup-head">
        <h3 id="resources-heading">{words.whoHeading}</h3>
        <button type="button" onClick={() => setMaking(true)}>
          {words.newWho}
        </button>
      </div>
      <p className="hint">{words.whoHint}</p>
      {setup.resources.length === 0 && <p>{words.whoNone}</p>}
      <ul className="setup-list">
        {setup.resources.map((resource) => (
          <li key={resource.id}>
            <span>
              <strong>{resource.name}</strong> {sayResource(resource)}
            </span>
            <button
              type="button"
              aria-label={`${resource.active ? words.putAway : words.takeBack} ${resource.name}`}
              onClick={() => setActive(resource, !resource.active)}
            >
              {resource.active ? words.putAway : words.takeBack}
            </button>
          </li>
        ))}
      </ul>
      {isMaking && <ResourceDialog {...parts} onClose={() => setMaking(false)} />}
    </section>
  );
}

function sayResource({ kind, role, active }: Resource): string {
  return [
    KIND_WORDS[kind].toLocaleLowerCase('sv'),
    ...(role === null ? [] : [withSwedishLetters(role)]),
    ...(active ? [] : [words.isAway]),
  ].join(', ');
}

function ResourceDialog({ client, unitId, tell, onClose }: SetupParts & { onClose: () => void }) {
  const { failure, send } = useSending();
  const [kind, setKind] = useState<ResourceKind>('role');
  const submit = (form: FormData) =>
    void send(async () => {
      const name = textOf(form, 'name')!;
      const role = textOf(form, 'role');
      const language = textOf(form, 'language');
      const made = await client.addResource({ unitId, kind, name, role, language });
      onClose();
      const undo = () => client.changeResource(made, { name, role, active: false });
      tell({ text: words.madeWho(name), undo });
    });
  const hasRole = kind === 'person' || kind === 'role';
  return (
    <FormDialog
      heading={words.newWho}
      submit={words.save}
      failure={failure && calendarError(failure)}
      onSubmit={submit}
      onClose={onClose}
    >
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
      <Field label={words.name} name="name" autoComplete="off" />
      {hasRole && <Field label={words.role} hint={words.roleHint} name="role" required={false} autoComplete="off" />}
      {kind === 'interpreter' && (
        <Field label={words.language} hint={words.languageHint} name="language" autoComplete="off" />
      )}
    </FormDialog>
  );
}
