import type { DocumentReference } from 'fhir/r4.js';
import { noteText } from '../../contracts/notes.ts';
import type { NoteRecord } from '../../storage/repositories/fhir-sources.ts';
import { referenceTo, uuidIdentifier } from '../systems.ts';
import { metaOf } from './meta.ts';

const NOTE = { system: 'http://loinc.org', code: '34109-9', display: 'Note' };
const TITLE = 'Journalanteckning';

/** A signed note, in the version that holds. Drafts are nobody's but their author's. */
export function toDocumentReference(row: NoteRecord): DocumentReference {
  const { id, content, patientId, authorId, signedBy, signedAt, unitId, writtenOn, version } = row;
  const text = Buffer.from(noteText(content));
  return {
    resourceType: 'DocumentReference',
    id,
    meta: metaOf(row),
    masterIdentifier: uuidIdentifier(id),
    status: 'current',
    docStatus: version > 1 ? 'amended' : 'final',
    type: { coding: [NOTE], text: TITLE },
    subject: referenceTo('Patient', patientId),
    date: signedAt.toISOString(),
    author: [referenceTo('Practitioner', authorId)],
    authenticator: referenceTo('Practitioner', signedBy),
    custodian: referenceTo('Organization', unitId),
    content: [
      {
        attachment: {
          contentType: 'text/plain; charset=utf-8',
          language: 'sv-SE',
          data: text.toString('base64'),
          size: text.length,
          title: TITLE,
          creation: writtenOn,
        },
      },
    ],
  };
}
