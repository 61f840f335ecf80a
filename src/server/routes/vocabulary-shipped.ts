import type { FastifyInstance } from 'fastify';
import {
  ShippedChange,
  ShippedPage,
  ShippedQuery,
  ShippedState,
  ShippedTerm,
  ShippedTermChange,
} from '../../contracts/vocabulary-api.ts';
import { notFound } from '../../storage/audited-transaction.ts';
import {
  setShippedEnabled,
  setShippedTermEnabled,
  shippedTermsOff,
} from '../../storage/repositories/vocabulary-in-use.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { CLINIC_ROLES } from '../vocabulary/list-rights.ts';
import type { VocabularyRouteParts } from './vocabulary.ts';

/** The list of words that comes with the product: seen by all, switched on and off for the whole clinic. */
export async function shippedVocabularyRoutes(
  app: FastifyInstance,
  { storage, vocabulary }: VocabularyRouteParts,
): Promise<void> {
  const byAlphabet = [...vocabulary.shipped].sort((a, b) => a.term.localeCompare(b.term, 'sv'));

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/vocabulary/shipped',
      summary: "The terms of the product's own list, by the alphabet",
      roles: [],
      query: ShippedQuery,
      answers: ShippedPage,
    },
    async ({ query: { search, off: isOffOnly, limit, after } }) => {
      const off = new Set(await shippedTermsOff(storage.plain));
      const part = search.toLowerCase();
      const from = after === undefined ? 0 : byAlphabet.findIndex(({ term }) => term === after) + 1;
      const found = byAlphabet
        .slice(from)
        .filter(({ term, soundsLike = '' }) => `${term}\n${soundsLike}`.toLowerCase().includes(part))
        .filter(({ term }) => !isOffOnly || off.has(term));
      const items = found
        .slice(0, limit)
        .map(({ term, soundsLike = null }) => ({ term, soundsLike, enabled: !off.has(term) }));
      return { items, next: found.length > limit ? items.at(-1)!.term : null };
    },
  );

  apiRoute(
    app,
    {
      method: 'PUT',
      url: '/api/vocabulary/shipped',
      summary: "Switches the product's own list on or off",
      roles: CLINIC_ROLES,
      body: ShippedChange,
      changesVersion: true,
      answers: ShippedState,
    },
    ({ request, actor, version, body: { enabled } }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), (transaction) =>
        setShippedEnabled(transaction, version, enabled),
      ),
  );

  apiRoute(
    app,
    {
      method: 'PUT',
      url: '/api/vocabulary/shipped/terms',
      summary: "Switches a term of the product's own list on or off",
      roles: CLINIC_ROLES,
      body: ShippedTermChange,
      answers: ShippedTerm,
    },
    ({ request, actor, body: { term, enabled } }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), async (transaction) => {
        const shipped = vocabulary.shipped.find((each) => each.term === term);
        if (!shipped) throw notFound('term');
        await setShippedTermEnabled(transaction, term, enabled);
        return { term, soundsLike: shipped.soundsLike ?? null, enabled };
      }),
  );
}
