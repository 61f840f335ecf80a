import { useState } from 'react';
import type { Account, MadePasswordLink, NewAccount, UnitView } from '../../contracts/access-api-accounts.ts';
import { ACCOUNT_ROLES, AccountRole } from '../../contracts/clinic.ts';
import { withSwedishLetters } from '../../contracts/follow-up-words.ts';
import { PROFESSIONS } from '../../contracts/professions.ts';
import { adminError } from '../messages/drift.sv.ts';
import { ACCOUNT_WORDS as words } from '../messages/drift-accounts.sv.ts';
import { ROLE_WORDS } from '../messages/shell.sv.ts';
import { Choice, Field, NewPasswordField, SelectField } from '../shell/field.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';
import { useSending } from '../shell/use-sending.ts';
import type { AdminClient } from './admin-client.ts';

interface AccountFormParts {
  readonly client: AdminClient;
  /** Absent for a new one. */
  readonly account: Account | undefined;
  readonly isOwn: boolean;
  /** Those that the operator manages. */
  readonly units: readonly UnitView[];
  readonly onLink: (account: Account, link: MadePasswordLink) => void;
  readonly onDone: (text: string, undo?: () => Promise<unknown>) => void;
  readonly onClose: () => void;
}

/** Makes an account, or changes who it is of and what they may do. */
export function AccountForm({ client, account, isOwn, units, onLink, onDone, onClose }: AccountFormParts) {
  const { failure, send } = useSending();
  const [problem, setProblem] = useState<string>();
  const [byLink, setByLink] = useState(true);

  const submit = (form: FormData) => {
    const fields = fieldsOf(form, isOwn);
    setProblem(fields.unitIds.length === 0 ? words.unitMissing : undefined);
    if (fields.unitIds.length === 0) return;
    void send(async () => {
      if (account) {
        const changed = await client.changeAccount(account, fields);
        onDone(words.changed(nameOf(changed)), () => client.changeAccount(changed, fieldsBefore(account, units)));
        return;
      }
      const password = byLink ? {} : { password: String(form.get('password')) };
      const made = await client.createAccount({ ...fields, username: String(form.get('username')), ...password });
      if (byLink) onLink(made, await client.makePasswordLink(made.id));
      else onDone(words.created(nameOf(made)));
    });
  };

  return (
    <FormDialog
      heading={account ? words.changeHeading(nameOf(account)) : words.createHeading}
      submit={account ? words.save : words.create}
      failure={problem ?? (failure && adminError(failure, words.errors))}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={words.givenName} name="givenName" maxLength={100} defaultValue={account?.givenName} data-first />
      <Field label={words.familyName} name="familyName" maxLength={100} defaultValue={account?.familyName} />
      {!account && (
        <Field
          label={words.username}
          hint={words.usernameHint}
          name="username"
          maxLength={100}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
        />
      )}
      <SelectField label={words.profession} name="profession" defaultValue={account?.profession ?? ''}>
        <option value="">{words.noProfession}</option>
        {[...new Set([...PROFESSIONS, ...(account?.profession ? [account.profession] : [])])].map((name) => (
          <option key={name} value={name}>
            {withSwedishLetters(name)}
          </option>
        ))}
      </SelectField>
      <Field
        label={words.hsaId}
        hint={words.hsaIdHint}
        name="hsaId"
        maxLength={100}
        required={false}
        autoComplete="off"
        spellCheck={false}
        defaultValue={account?.hsaId ?? ''}
      />
      <fieldset className="form-group">
        <legend>{words.roles}</legend>
        {ACCOUNT_ROLES.map((role) => (
          <Choice
            key={role}
            name="role"
            value={role}
            label={ROLE_WORDS[role]}
            hint={words.roleHints[role]}
            defaultChecked={account?.roles.includes(role) ?? false}
            // The own way in stays.
            disabled={isOwn && role === 'operator'}
          />
        ))}
      </fieldset>
      <fieldset className="form-group">
        <legend>{words.units}</legend>
        {units.map(({ id, name }) => (
          <Choice
            key={id}
            name="unitId"
            value={id}
            label={name}
            defaultChecked={account?.unitIds.includes(id) ?? units.length === 1}
          />
        ))}
      </fieldset>
      {!account && (
        <fieldset className="form-group">
          <legend>{words.firstPassword}</legend>
          <Choice
            type="radio"
            name="first"
            label={words.byLink}
            hint={words.byLinkHint}
            checked={byLink}
            onChange={() => setByLink(true)}
          />
          <Choice
            type="radio"
            name="first"
            label={words.byPassword}
            hint={words.byPasswordHint}
            checked={!byLink}
            onChange={() => setByLink(false)}
          />
        </fieldset>
      )}
      {!account && !byLink && <NewPasswordField label={words.password} />}
    </FormDialog>
  );
}

type Fields = Omit<NewAccount, 'username' | 'password'>;

function fieldsOf(form: FormData, isOwn: boolean): Fields {
  const roles = AccountRole.array().parse(form.getAll('role'));
  return {
    givenName: String(form.get('givenName')),
    familyName: String(form.get('familyName')),
    profession: String(form.get('profession')) || null,
    hsaId: String(form.get('hsaId')).trim() || null,
    // What is disabled is not sent with the form.
    roles: isOwn ? [...roles, 'operator'] : roles,
    unitIds: form.getAll('unitId').map(String),
  };
}

/** As it was, among the units that the operator manages. */
function fieldsBefore(
  { givenName, familyName, profession, hsaId, roles, unitIds }: Account,
  units: readonly UnitView[],
): Fields {
  const managed = unitIds.filter((unitId) => units.some(({ id }) => id === unitId));
  return { givenName, familyName, profession, hsaId, roles, unitIds: managed };
}

function nameOf({ givenName, familyName }: Account): string {
  return `${givenName} ${familyName}`;
}
