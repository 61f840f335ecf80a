import type { Bundle } from 'fhir/r4.js';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import { searchset } from '../bundle.ts';
import type { Asked, FhirType } from '../fhir-type.ts';
import { includedWith } from '../includes.ts';
import { warnings } from '../outcome.ts';
import { withElements } from './elements.ts';
import { type AskedSearch, PAGE_PARAMETER } from './search-query.ts';

const MOST_NAME_CHARACTERS = 60;

/** The answer to a search, with links to its pages and what was asked for along with it. */
export async function answerSearch(
  transaction: AuditedTransaction,
  type: FhirType,
  query: AskedSearch,
  asked: Asked & { readonly types: readonly FhirType[] },
): Promise<Bundle> {
  const { baseUrl } = asked;
  const { revIncludes, elements, used } = query;
  const found = await type.search(transaction, query, asked);
  const includes = query.includes.flatMap((name) => type.includes[name.slice(name.indexOf(':') + 1)] ?? []);
  const included = await includedWith(transaction, found.resources, { ...asked, includes, revIncludes });
  const ignored = query.ignored.map((name) => name.slice(0, MOST_NAME_CHARACTERS)).join(', ');
  return searchset({
    baseUrl,
    matches: found.resources.map((resource) => withElements(resource, elements)),
    included: included.resources,
    total: found.total,
    outcome: warnings([
      ...(ignored === '' ? [] : [['not-supported', `not known here and left out: ${ignored}`] as const]),
      ...(included.isCut
        ? [['too-costly', 'more goes with it than is told at once: ask for it by itself'] as const]
        : []),
    ]),
    self: addressOf(baseUrl, type, used),
    next: found.next === null ? undefined : addressOf(baseUrl, type, [...used, [PAGE_PARAMETER, found.next]]),
  });
}

function addressOf(baseUrl: string, { type }: FhirType, values: AskedSearch['used']): string {
  const query = new URLSearchParams(values.map(([name, value]): [string, string] => [name, value])).toString();
  return query === '' ? `${baseUrl}/${type}` : `${baseUrl}/${type}?${query}`;
}
