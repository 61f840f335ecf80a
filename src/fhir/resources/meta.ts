import type { Meta } from 'fhir/r4.js';
import type { RecordRow } from '../../storage/repositories/fhir-sources.ts';

export function metaOf({ version, updatedAt }: Pick<RecordRow, 'version' | 'updatedAt'>): Meta {
  return { versionId: String(version), lastUpdated: updatedAt.toISOString() };
}
