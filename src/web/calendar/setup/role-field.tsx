import { withSwedishLetters } from '../../../contracts/follow-up-words.ts';
import { PROFESSIONS } from '../../../contracts/professions.ts';
import { SelectField } from '../../shell/field.tsx';
import type { Setup } from './setup-client.ts';

interface RoleFieldParts {
  readonly label: string;
  readonly hint?: string;
  /** What having none is called. */
  readonly none: string;
  readonly isRequired?: boolean;
  readonly setup: Setup;
  readonly before: string | null;
}

/** A competence as requests name it: written freely, nobody would find who has it. */
export function RoleField({ label, hint, none, isRequired, setup, before }: RoleFieldParts) {
  const inUse = [...setup.resources, ...setup.visitTypes].flatMap(({ role }) => (role === null ? [] : [role]));
  const roles = [...new Set([...PROFESSIONS, ...inUse.toSorted()])];
  return (
    <SelectField label={label} hint={hint} name="role" required={isRequired} defaultValue={before ?? ''}>
      <option value="">{none}</option>
      {roles.map((role) => (
        <option key={role} value={role}>
          {withSwedishLetters(role)}
        </option>
      ))}
    </SelectField>
  );
}
