import type { FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import type { AccountRole } from '../../../src/contracts/clinic.ts';
import type { Vocabulary } from '../../../src/contracts/vocabulary.ts';
import { type GivenLists, VocabularyLists } from '../../../src/server/vocabulary/vocabulary-lists.ts';
import { createStaff } from '../../../src/storage/repositories/staff.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { type SignedInHeaders, signedInAs } from '../signed-in.ts';

export const SHIPPED: Vocabulary = [
  { term: 'blodtryck', weight: 0.9 },
  { term: 'EKG', soundsLike: 'e ko ge', weight: 0.9 },
];

/** The lists of a clinic as the server has them, until the test has finished. */
export async function openLists(storage: Storage, given: Partial<GivenLists> = {}): Promise<VocabularyLists> {
  const lists = await VocabularyLists.open(storage, { site: [], shipped: SHIPPED, ...given });
  onTestFinished(() => lists.close());
  return lists;
}

export interface Person {
  readonly id: string;
  readonly headers: SignedInHeaders;
}

/** Somebody with a session. */
export async function somebody(
  storage: Storage,
  unitIds: readonly string[],
  ...accountRoles: readonly AccountRole[]
): Promise<Person> {
  const person = {
    username: crypto.randomUUID(),
    givenName: 'Test',
    familyName: 'Lind',
    accountRoles: [...accountRoles],
  };
  const { id } = await createStaff(storage.plain, person, unitIds);
  return { id, headers: await signedInAs(storage, id) };
}

/** The lists' interface, as somebody uses it. */
export function vocabularyAs({ headers }: Person, app: FastifyInstance) {
  return (method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, payload?: object, version?: number) =>
    app.inject({
      method,
      url: `/api/vocabulary${path}`,
      headers: { ...headers, ...(version !== undefined && { 'if-match': `"${version}"` }) },
      ...(payload && { payload }),
    });
}
