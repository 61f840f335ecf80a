import type { FhirResource } from 'fhir/r4.js';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import type { Asked, FhirType, Include } from './fhir-type.ts';
import type { FhirTypeName } from './systems.ts';

/** Of all that is asked for along with one page. */
const MOST_INCLUDED = 200;

interface AskedAlong extends Asked {
  readonly includes: readonly Include[];
  /** `Type:parameter`. */
  readonly revIncludes: readonly string[];
  readonly types: readonly FhirType[];
}

interface Included {
  readonly resources: readonly FhirResource[];
  /** Whether there is more than is told at once. */
  readonly isCut: boolean;
}

/** The references, as `Type:parameter`, by which stored resources lead to those of a type. */
export function revIncludesOf({ type }: Pick<FhirType, 'type'>, types: readonly FhirType[]): string[] {
  return types
    .filter(({ isVersioned }) => isVersioned)
    .flatMap((other) =>
      Object.entries(other.params).flatMap(([name, { targets = [] }]) =>
        targets.includes(type) ? [`${other.type}:${name}`] : [],
      ),
    );
}

/**
 * What some resources refer to and what refers to them, each once. What the actor may not see, and what there are too
 * many of, is left out: a reference stands all the same.
 */
export async function includedWith(
  transaction: AuditedTransaction,
  matches: readonly FhirResource[],
  asked: AskedAlong,
): Promise<Included> {
  if (matches.length === 0) return { resources: [], isCut: false };
  const told = new Map(matches.map((one) => [keyOf(one), one]));
  const add = (found: readonly FhirResource[]) => {
    for (const one of found) if (!told.has(keyOf(one))) told.set(keyOf(one), one);
  };
  const most = matches.length + MOST_INCLUDED;
  let isCut = false;
  const find = async (type: FhirType, name: string, ids: readonly string[]) => {
    const query = { values: new Map([[name, [ids.join(',')]]]), count: MOST_INCLUDED };
    const { resources, next } = await type.search(transaction, query, asked);
    if (next !== null) isCut = true;
    add(resources);
  };
  const referred = referredFrom(matches, asked.includes).filter(({ type, id }) => !told.has(`${type}/${id}`));
  const idsByType = Map.groupBy(referred, ({ type }) => type);
  for (const [name, references] of idsByType) {
    const type = asked.types.find((one) => one.type === name);
    const ids = [...new Set(references.map(({ id }) => id))];
    if (type !== undefined) await find(type, '_id', ids);
  }
  for (const revInclude of asked.revIncludes) {
    const [name, parameter = ''] = revInclude.split(':');
    const type = asked.types.find((one) => one.type === name);
    const ids = matches.flatMap(({ id }) => id ?? []);
    if (type !== undefined) await find(type, parameter, ids);
  }
  const all = [...told.values()];
  return { resources: all.slice(matches.length, most), isCut: isCut || all.length > most };
}

function keyOf({ resourceType, id }: FhirResource): string {
  return `${resourceType}/${id}`;
}

function referredFrom(matches: readonly FhirResource[], includes: readonly Include[]) {
  return includes.flatMap(({ path, types }) =>
    matches.flatMap((match) =>
      referencesAt(match, path.split('.')).flatMap((reference) => {
        const [type = '', id = ''] = reference.split('/');
        return types.includes(type as FhirTypeName) ? [{ type, id }] : [];
      }),
    ),
  );
}

/** The references at a path, through lists. */
function referencesAt(value: unknown, [step, ...rest]: readonly string[]): string[] {
  if (Array.isArray(value))
    return value.flatMap((each) => referencesAt(each, step === undefined ? [] : [step, ...rest]));
  if (typeof value !== 'object' || value === null) return [];
  if (step !== undefined) return referencesAt((value as Readonly<Record<string, unknown>>)[step], rest);
  return 'reference' in value && typeof value.reference === 'string' ? [value.reference] : [];
}
