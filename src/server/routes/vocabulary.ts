import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import { VOCABULARY_LIMITS } from '../../contracts/vocabulary.ts';
import {
  ListedTerm,
  NewTerm,
  TermChanges,
  TermPage,
  TermsQuery,
  VocabularyOverview,
} from '../../contracts/vocabulary-api.ts';
import { listUnits } from '../../storage/repositories/staff.ts';
import { countTerms, listTerms } from '../../storage/repositories/vocabulary.ts';
import { shippedState, shippedTermsOff } from '../../storage/repositories/vocabulary-in-use.ts';
import type { Storage } from '../../storage/storage.ts';
import { accessContext, type StaffActor } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { CLINIC_ROLES, mayChangeList, ownerOfList } from '../vocabulary/list-rights.ts';
import { addToList, changeOnList, listedTerm, mostTerms, removeFromList, termOf } from '../vocabulary/term-changes.ts';
import type { ClinicVocabulary } from '../vocabulary/vocabulary-lists.ts';
import { shippedVocabularyRoutes } from './vocabulary-shipped.ts';
import { vocabularyTableRoutes } from './vocabulary-tables.ts';

export interface VocabularyRouteParts {
  readonly storage: Storage;
  readonly vocabulary: ClinicVocabulary;
}

/** Lists of words for the recogniser: seeing and changing terms here; tables and the product's own list beside. */
export async function vocabularyRoutes(app: FastifyInstance, parts: VocabularyRouteParts): Promise<void> {
  const { storage, vocabulary } = parts;

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/vocabulary',
      summary: 'The lists of words that one speaks with',
      roles: [],
      answers: VocabularyOverview,
    },
    async ({ actor }) => overview(actor, parts),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/vocabulary/terms',
      summary: 'The terms of a list, or those with some letters in them, by the alphabet',
      roles: [],
      query: TermsQuery,
      answers: TermPage,
    },
    async ({ actor, query: { list, search, limit, after } }) => {
      const owner = ownerOfList(actor, list);
      const rows = await listTerms(storage.plain, owner, { search, limit: limit + 1, after });
      const items = rows.slice(0, limit).map((row) => listedTerm(row, list));
      return { items, next: rows.length > limit ? items.at(-1)!.id : null };
    },
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/vocabulary/terms',
      summary: 'Adds a term to a list',
      roles: [],
      body: NewTerm,
      answers: ListedTerm,
      status: 201,
    },
    ({ request, actor, body }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), (transaction) =>
        addToList(transaction, actor, body),
      ),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/vocabulary/terms/:id',
      summary: 'A term',
      roles: [],
      params: z.object({ id: Id }),
      answers: ListedTerm,
    },
    ({ actor, params: { id } }) => termOf(storage.plain, actor, id),
  );

  apiRoute(
    app,
    {
      method: 'PATCH',
      url: '/api/vocabulary/terms/:id',
      summary: 'Changes a term, or whether it is used',
      roles: [],
      params: z.object({ id: Id }),
      body: TermChanges,
      changesVersion: true,
      answers: ListedTerm,
    },
    ({ request, actor, params: { id }, version, body }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), (transaction) =>
        changeOnList(transaction, actor, { id, version }, body),
      ),
  );

  apiRoute(
    app,
    {
      method: 'DELETE',
      url: '/api/vocabulary/terms/:id',
      summary: 'Takes a term off its list; the version in the answer can be put back',
      roles: [],
      params: z.object({ id: Id }),
      changesVersion: true,
      answers: ListedTerm,
    },
    ({ request, actor, params: { id }, version }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), (transaction) =>
        removeFromList(transaction, actor, { id, version }, new Date()),
      ),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/vocabulary/terms/:id/restore',
      summary: 'Puts a term back that was taken off its list within the last 30 days',
      roles: [],
      params: z.object({ id: Id }),
      changesVersion: true,
      answers: ListedTerm,
    },
    ({ request, actor, params: { id }, version }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), (transaction) =>
        removeFromList(transaction, actor, { id, version }, null),
      ),
  );

  await app.register(vocabularyTableRoutes, { storage });
  await app.register(shippedVocabularyRoutes, { storage, vocabulary });
}

async function overview(actor: StaffActor, { storage, vocabulary }: VocabularyRouteParts): Promise<VocabularyOverview> {
  const { plain } = storage;
  await vocabulary.refresh({ accountId: actor.id });
  const units = (await listUnits(plain)).filter(({ id }) => actor.unitIds.includes(id));
  const keys = [
    { key: 'own', name: null },
    ...units.map(({ id, name }) => ({ key: id, name })),
    { key: 'clinic', name: null },
  ];
  const lists = keys.map(async ({ key, name }) => {
    const owner = ownerOfList(actor, key);
    const terms = await countTerms(plain, owner);
    return { key, name, terms, mostTerms: mostTerms(owner), mayChange: mayChangeList(actor, key) };
  });
  const [state, off] = await Promise.all([shippedState(plain), shippedTermsOff(plain)]);
  return {
    lists: await Promise.all(lists),
    shipped: {
      ...state,
      terms: vocabulary.shipped.length,
      termsOff: off.length,
      mayChange: CLINIC_ROLES.some((role) => actor.roles.includes(role)),
    },
    termsInUse: vocabulary.source({ accountId: actor.id }).length,
    mostTermsInUse: VOCABULARY_LIMITS.joinedTerms,
  };
}
