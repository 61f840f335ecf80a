import type { FastifyInstance } from 'fastify';
import { Colleagues, ColleaguesQuery } from '../../contracts/colleagues-api.ts';
import { AppError } from '../../contracts/errors.ts';
import { listColleagues } from '../../storage/repositories/colleagues.ts';
import type { StaffName } from '../../storage/repositories/staff.ts';
import type { Storage } from '../../storage/storage.ts';
import { apiRoute } from '../api-route.ts';

/** Operators run the machine: they are not asked about patients, nor visited. */
export const STAFF_OF_CARE = ['clinician', 'administrator'] as const;
/** As many as are looked through at a glance. */
const MAX_SHOWN = 8;

/** Who works at the reader's own units: whom to ask, and who can stand in. */
export async function colleagueRoutes(app: FastifyInstance, { storage }: { storage: Storage }): Promise<void> {
  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/colleagues',
      summary: 'Staff of one of the own units by the beginning of a name, without the reader',
      roles: ['clinician', 'administrator'],
      query: ColleaguesQuery,
      answers: Colleagues,
    },
    async ({ actor, query: { unit, search, role } }) => {
      if (!actor.unitIds.includes(unit)) {
        throw new AppError('UNIT_NOT_ALLOWED', 'staff are told of the own units only', { expected: 'an own unit' });
      }
      const found = (await listColleagues(storage.plain, unit, role ? [role] : STAFF_OF_CARE)).filter(
        (one) => one.id !== actor.id && isCalled(one, search),
      );
      return { items: found.slice(0, MAX_SHOWN), hasMore: found.length > MAX_SHOWN };
    },
  );
}

/** Whether each word of the search begins one of the names. */
function isCalled({ givenName, familyName }: StaffName, search: string): boolean {
  const names = wordsOf(`${givenName} ${familyName}`);
  return wordsOf(search).every((word) => names.some((name) => name.startsWith(word)));
}

function wordsOf(text: string): string[] {
  return text
    .toLocaleLowerCase('sv')
    .split(/[\s-]+/)
    .filter((word) => word !== '');
}
