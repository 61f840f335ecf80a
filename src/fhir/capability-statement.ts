import type {
  CapabilityStatement,
  CapabilityStatementRestResource,
  CapabilityStatementRestResourceSearchParam,
} from 'fhir/r4.js';
import type { FhirType } from './fhir-type.ts';
import { revIncludesOf } from './includes.ts';

/** The day on which what is told here changed last. */
const DATE = '2026-11-22';

/** Of every search, beside the parameters of each type. */
const OF_EVERY_SEARCH: readonly CapabilityStatementRestResourceSearchParam[] = [
  { name: '_count', type: 'number', documentation: 'Matches of a page: 20 where nothing is said, 100 at most' },
  {
    name: '_sort',
    type: 'string',
    documentation: 'One parameter of the type that is a date; a hyphen before it for the latest first',
  },
  { name: '_summary', type: 'token', documentation: 'count: the total alone' },
  { name: '_elements', type: 'string', documentation: 'Elements of the matches that are wanted, with commas' },
];

/** What the interface can do: exactly the types of the table that its routes are made of. */
export function capabilityStatement(types: readonly FhirType[], baseUrl: string): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: DATE,
    kind: 'instance',
    software: { name: 'Taltid' },
    implementation: { description: 'Taltid: dictation, follow-ups and booking of a clinic', url: baseUrl },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        security: {
          description:
            'An API key as a bearer token, with the scope fhir:read, and fhir:book for $hold and $book; or the session of staff.',
        },
        searchParam: [...OF_EVERY_SEARCH],
        resource: types.map((each) => resourceOf(each, types)),
      },
    ],
  };
}

function resourceOf(each: FhirType, types: readonly FhirType[]): CapabilityStatementRestResource {
  const { type, documentation, isVersioned, params, includes, operations } = each;
  const revIncludes = revIncludesOf(each, types);
  return {
    type,
    documentation,
    ...(isVersioned
      ? { versioning: 'versioned', readHistory: false, conditionalRead: 'not-match' }
      : { versioning: 'no-version' }),
    interaction: [
      { code: 'read' },
      ...(isVersioned ? [{ code: 'vread' as const, documentation: 'The version that holds' }] : []),
      { code: 'search-type' },
    ],
    ...(Object.keys(includes).length > 0 && {
      searchInclude: Object.keys(includes).map((name) => `${type}:${name}`),
    }),
    ...(revIncludes.length > 0 && { searchRevInclude: revIncludes }),
    searchParam: Object.entries(params).map(([name, { type: kind, documentation: meaning }]) => ({
      name,
      type: kind,
      ...(meaning !== '' && { documentation: meaning }),
    })),
    ...(operations.length > 0 && { operation: [...operations] }),
  };
}
