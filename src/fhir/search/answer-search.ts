import type { Bundle } from 'fhir/r4.js';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import { searchset } from '../bundle.ts';
import type { Asked, FhirType } from '../fhir-type.ts';
import { includedWith } from '../includes.ts';
import { hint } from '../outcome.ts';
import { PAGE_PARAMETER, type SearchQuery } from './search-query.ts';

const MOST_NAME_CHARACTERS = 60;

/** The answer to a search, with links to its pages and what was asked for along with it. */
export async function answerSearch(
  transaction: AuditedTransaction,
  type: FhirType,
  query: SearchQuery,
  asked: Asked & { readonly types: readonly FhirType[] },
): Promise<Bundle> {
  const { baseUrl } = asked;
  const found = await type.search(transaction, query, asked);
  const includes = query.includes.flatMap((name) => type.includes[name.slice(name.indexOf(':') + 1)] ?? []);
  const included = await includedWith(transaction, found.resources, { ...asked, includes });
  const ignored = query.ignored.map((name) => name.slice(0, MOST_NAME_CHARACTERS)).join(', ');
  return searchset({
    baseUrl,
    matches: found.resources,
    included,
    total: found.total,
    outcome: ignored === '' ? undefined : hint('warning', 'not-supported', `not known here and left out: ${ignored}`),
    self: addressOf(baseUrl, type, query.used),
    next: found.next === null ? undefined : addressOf(baseUrl, type, [...query.used, [PAGE_PARAMETER, found.next]]),
  });
}

function addressOf(baseUrl: string, { type }: FhirType, values: SearchQuery['used']): string {
  const query = new URLSearchParams(values.map(([name, value]): [string, string] => [name, value])).toString();
  return query === '' ? `${baseUrl}/${type}` : `${baseUrl}/${type}?${query}`;
}
