import type { Bundle, BundleEntry, FhirResource, OperationOutcome } from 'fhir/r4.js';

export interface SearchsetParts {
  readonly baseUrl: string;
  readonly matches: readonly FhirResource[];
  readonly included?: readonly FhirResource[];
  readonly outcome?: OperationOutcome | undefined;
  readonly total: number;
  /** Addresses of this page and the next. */
  readonly self: string;
  readonly next?: string | undefined;
}

/** The answer to a search. */
export function searchset({ baseUrl, matches, included = [], outcome, total, self, next }: SearchsetParts): Bundle {
  const entry = (mode: 'match' | 'include') => (resource: FhirResource) => ({
    fullUrl: `${baseUrl}/${resource.resourceType}/${resource.id}`,
    resource,
    search: { mode },
  });
  const entries: BundleEntry[] = [
    ...matches.map(entry('match')),
    ...included.map(entry('include')),
    ...(outcome ? [{ resource: outcome, search: { mode: 'outcome' as const } }] : []),
  ];
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total,
    link: [{ relation: 'self', url: self }, ...(next === undefined ? [] : [{ relation: 'next', url: next }])],
    // An empty list is no list in FHIR.
    ...(entries.length > 0 && { entry: entries }),
  };
}
