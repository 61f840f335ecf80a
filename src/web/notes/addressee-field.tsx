import { useId, useState } from 'react';
import type { Addressee, CardQuestion } from '../../contracts/notes-api-cards.ts';
import { NOTE_MENU_MESSAGES as menu } from '../messages/note-menu.sv.ts';
import { NOTE_MESSAGES as words } from '../messages/notes.sv.ts';
import { nameInWords } from '../messages/queue-fields.sv.ts';
import { findColleagues } from './directory.ts';
import { PeoplePicker } from './people-picker.tsx';

const ROLES = ['clinician', 'administrator'] as const;
const BY_NAME = 'by-name';

/** Everybody of a role at a unit, or one person by name; `addresseeOf` reads it from the form. */
export function AddresseeField({ label, unitId }: { label: string; unitId: string }) {
  const [to, setTo] = useState<string>(ROLES[0]);
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select id={id} name="to" value={to} onChange={({ target }) => setTo(target.value)}>
        {ROLES.map((role) => (
          <option key={role} value={role}>
            {words.toRole[role]}
          </option>
        ))}
        <option value={BY_NAME}>{words.toPerson}</option>
      </select>
      {to === BY_NAME && (
        <PeoplePicker
          label={words.toPerson}
          searchLabel={menu.searchColleague}
          nobody={menu.nobodyFound}
          name="staffId"
          find={(search) => findColleagues(unitId, search)}
        />
      )}
    </>
  );
}

/** Undefined when nobody is chosen. */
export function addresseeOf(given: FormData): Addressee | undefined {
  const to = given.get('to');
  if (to !== BY_NAME) return { role: String(to) };
  const staffId = given.get('staffId');
  return staffId === null ? undefined : { staffId: String(staffId) };
}

/** "Joel Palm", "enhetens administratörer", "alla på enheten: läkare". */
export function addresseeInWords(toStaff: CardQuestion['toStaff'], toRole: string | null): string {
  if (toStaff !== null) return `${toStaff.givenName} ${toStaff.familyName}`;
  const role = ROLES.find((each) => each === toRole);
  return role ? words.toRole[role].replace(/^E/, 'e') : words.everyone(nameInWords(toRole ?? ''));
}
