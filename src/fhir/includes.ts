import type { FhirResource } from 'fhir/r4.js';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import type { Asked, FhirType, Include } from './fhir-type.ts';
import type { FhirTypeName } from './systems.ts';

/** Of all that is asked for along with one page. */
const MOST_INCLUDED = 200;

/**
 * What some resources refer to, each once. What the actor may not see, and what there are too many of, is left out: the
 * reference stands.
 */
export async function includedWith(
  transaction: AuditedTransaction,
  resources: readonly FhirResource[],
  asked: Asked & { readonly includes: readonly Include[]; readonly types: readonly FhirType[] },
): Promise<FhirResource[]> {
  const references = new Set(
    asked.includes.flatMap(({ path, types }) =>
      resources.flatMap((resource) => referencesAt(resource, path.split('.')).filter((one) => isTo(one, types))),
    ),
  );
  const known = new Set(resources.map(({ resourceType, id }) => `${resourceType}/${id}`));
  const idsByType = new Map<string, string[]>();
  for (const reference of [...references].filter((one) => !known.has(one)).slice(0, MOST_INCLUDED)) {
    const [type = '', id = ''] = reference.split('/');
    idsByType.set(type, [...(idsByType.get(type) ?? []), id]);
  }
  const included: FhirResource[] = [];
  for (const [name, ids] of idsByType) {
    const type = asked.types.find((one) => one.type === name);
    const values = new Map([['_id', [ids.join(',')]]]);
    const query = { values, count: ids.length, after: undefined, includes: [], used: [], ignored: [] };
    if (type !== undefined) included.push(...(await type.search(transaction, query, asked)).resources);
  }
  return included;
}

function isTo(reference: string, types: readonly FhirTypeName[]): boolean {
  return types.some((type) => reference.startsWith(`${type}/`));
}

/** The references at a path, through lists. */
function referencesAt(value: unknown, [step, ...rest]: readonly string[]): string[] {
  if (Array.isArray(value))
    return value.flatMap((each) => referencesAt(each, step === undefined ? [] : [step, ...rest]));
  if (typeof value !== 'object' || value === null) return [];
  if (step !== undefined) return referencesAt((value as Readonly<Record<string, unknown>>)[step], rest);
  return 'reference' in value && typeof value.reference === 'string' ? [value.reference] : [];
}
