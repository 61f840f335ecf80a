import type { Provenance, ProvenanceEntity } from 'fhir/r4.js';
import type { SourceSpan } from '../../contracts/followup.ts';
import type { SourceRecord } from '../../storage/repositories/fhir-sources.ts';
import { referenceTo } from '../systems.ts';
import { metaOf } from './meta.ts';

const AGENT_SYSTEM = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type';
const ACTIVITY_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v3-DataOperation';
/** Which field of the request the words gave. */
const FIELD_EXTENSION = 'urn:taltid:source-field';
/** Where in the note's text they stand: UTF-16 positions, the end exclusive. */
const PLACE_EXTENSION = 'urn:taltid:source-place';
const READER = 'Taltid';

/** The words of the note that a request came from: all of them, then those of each field. */
export function toProvenance(row: SourceRecord): Provenance {
  const { id, noteId, authorId, recordedAt, sources, source, origin } = row;
  const fields = Object.entries(sources)
    .flatMap(([field, spans = []]) => spans.map((span) => ({ field, span })))
    .sort((one, other) => one.span.start - other.span.start)
    .map(({ field, span }) => quotation(noteId, span, field));
  return {
    resourceType: 'Provenance',
    id,
    meta: metaOf(row),
    target: [referenceTo('ServiceRequest', id)],
    recorded: recordedAt.toISOString(),
    activity: { coding: [{ system: ACTIVITY_SYSTEM, code: 'CREATE' }] },
    agent: [
      { type: agentType('author'), who: referenceTo('Practitioner', authorId) },
      { type: agentType('verifier'), who: referenceTo('Practitioner', row.orderedBy) },
      ...(origin === 'heard' ? [{ type: agentType('assembler'), who: { display: READER } }] : []),
    ],
    entity: [quotation(noteId, source), ...fields],
  };
}

function quotation(noteId: string, { start, end, text }: SourceSpan, field?: string): ProvenanceEntity {
  const place = { low: { value: start }, high: { value: end } };
  return {
    extension: [
      ...(field === undefined ? [] : [{ url: FIELD_EXTENSION, valueCode: field }]),
      { url: PLACE_EXTENSION, valueRange: place },
    ],
    role: 'quotation',
    what: referenceTo('DocumentReference', noteId, text || undefined),
  };
}

function agentType(code: 'author' | 'verifier' | 'assembler') {
  return { coding: [{ system: AGENT_SYSTEM, code }] };
}
