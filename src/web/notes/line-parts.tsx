import type { PatientLine } from '../../contracts/notes-api.ts';
import { NOTE_MENU_MESSAGES as menu } from '../messages/note-menu.sv.ts';
import { NOTE_MESSAGES as words } from '../messages/notes.sv.ts';
import { OLD_HOURS } from './old-hours.ts';

/** That the reader was reminded of a line. */
export function Reminded() {
  return <span className="reminded">{menu.reminded}</span>;
}

/** How long a line has waited. */
export function Age({ hours }: { hours: number }) {
  return <span className={hours >= OLD_HOURS ? 'old' : undefined}>{words.age(hours)}</span>;
}

export function nameInList({ givenName, familyName, protectedIdentity }: PatientLine): string {
  return protectedIdentity ? words.protectedIdentity : `${givenName} ${familyName}`;
}
