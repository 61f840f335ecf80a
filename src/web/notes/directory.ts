import { FoundPatients } from '../../contracts/access-api-log.ts';
import type { AccountRole } from '../../contracts/clinic.ts';
import { Colleagues } from '../../contracts/colleagues-api.ts';
import { NOTE_MENU_MESSAGES as words } from '../messages/note-menu.sv.ts';
import { nameInWords } from '../messages/queue-fields.sv.ts';
import { askApi } from '../shell/ask-api.ts';
import type { FoundPeople } from './people-picker.tsx';

/** Fewer letters would name half the clinic. */
const SHORTEST_PATIENT_SEARCH = 2;
const MOST_PATIENTS = 8;

/** Who works at a unit, by the beginning of a name. Throws PageError. */
export async function findColleagues(unit: string, search: string, role?: AccountRole): Promise<FoundPeople> {
  const query = new URLSearchParams({ unit, search, ...(role && { role }) });
  const { items, hasMore } = await askApi(`/api/colleagues?${query}`, Colleagues);
  return {
    people: items.map(({ id, givenName, familyName, profession }) => ({
      id,
      name: `${givenName} ${familyName}`,
      more: profession === null ? '' : nameInWords(profession),
    })),
    hasMore,
  };
}

/** Patients of the own units by the beginning of name or number; the server logs the search. Throws PageError. */
export async function findPatients(search: string): Promise<FoundPeople> {
  if (search.length < SHORTEST_PATIENT_SEARCH) return { people: [], hasMore: false };
  const query = new URLSearchParams({ search, limit: String(MOST_PATIENTS) });
  const { items } = await askApi(`/api/patients?${query}`, FoundPatients);
  return {
    people: items.map(({ id, name, numberBegins }) => ({
      id,
      name: name ?? words.protectedIdentity,
      more: numberBegins === null ? '' : `${numberBegins}-…`,
    })),
    hasMore: items.length === MOST_PATIENTS,
  };
}
