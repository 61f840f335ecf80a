import type { CapabilityStatement } from 'fhir/r4.js';
import type { FhirType } from './fhir-type.ts';

/** The day on which what is told here changed last. */
const DATE = '2026-11-22';

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
        resource: types.map(({ type, documentation, isVersioned, params, includes, operations }) => ({
          type,
          documentation,
          versioning: isVersioned ? 'versioned' : 'no-version',
          interaction: [{ code: 'read' }, { code: 'search-type' }],
          ...(Object.keys(includes).length > 0 && {
            searchInclude: Object.keys(includes).map((name) => `${type}:${name}`),
          }),
          searchParam: Object.entries(params).map(([name, { type: kind, documentation: meaning }]) => ({
            name,
            type: kind,
            ...(meaning !== '' && { documentation: meaning }),
          })),
          ...(operations.length > 0 && { operation: [...operations] }),
        })),
      },
    ],
  };
}
