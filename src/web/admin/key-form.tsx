import { useState } from 'react';
import { API_SCOPES, ApiScope } from '../../contracts/access.ts';
import type { UnitView } from '../../contracts/access-api-accounts.ts';
import { MAX_KEY_DAYS, type MadeApiKey } from '../../contracts/access-api-keys.ts';
import { adminError } from '../messages/drift.sv.ts';
import { SCOPE_HINTS, SCOPE_WORDS, KEY_WORDS as words } from '../messages/drift-keys.sv.ts';
import { Choice, Field, SelectField } from '../shell/field.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';
import { useSending } from '../shell/use-sending.ts';
import type { AdminClient } from './admin-client.ts';

const USUAL_DAYS = 365;

interface KeyFormParts {
  readonly client: AdminClient;
  readonly units: readonly UnitView[];
  readonly onMade: (key: MadeApiKey) => void;
  readonly onClose: () => void;
}

/** Makes a key for a program. */
export function KeyForm({ client, units, onMade, onClose }: KeyFormParts) {
  const { failure, send } = useSending();
  const [problem, setProblem] = useState<string>();

  const submit = (form: FormData) => {
    const scopes = ApiScope.array().parse(form.getAll('scope'));
    setProblem(scopes.length === 0 ? words.scopeMissing : undefined);
    if (scopes.length === 0) return;
    const [name, unitId, validDays] = [
      String(form.get('name')),
      String(form.get('unitId')),
      Number(form.get('validDays')),
    ];
    void send(async () => onMade(await client.createApiKey({ name, unitId, scopes, validDays })));
  };

  return (
    <FormDialog
      heading={words.createHeading}
      submit={words.create}
      failure={problem ?? (failure && adminError(failure))}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={words.name} hint={words.nameHint} name="name" autoComplete="off" data-first />
      <SelectField label={words.unit} name="unitId">
        {units.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <fieldset className="form-group">
        <legend>{words.scopes}</legend>
        {API_SCOPES.map((scope) => (
          <Choice key={scope} name="scope" value={scope} label={SCOPE_WORDS[scope]} hint={SCOPE_HINTS[scope]} />
        ))}
      </fieldset>
      <Field
        label={words.validDays}
        hint={words.validDaysHint(MAX_KEY_DAYS)}
        name="validDays"
        type="number"
        min={1}
        max={MAX_KEY_DAYS}
        defaultValue={USUAL_DAYS}
      />
    </FormDialog>
  );
}
