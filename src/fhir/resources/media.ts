import type { Media } from 'fhir/r4.js';
import type { SoundRecord } from '../../storage/repositories/fhir-sources.ts';
import { referenceTo } from '../systems.ts';
import { metaOf } from './meta.ts';

/** What was sent by mistake is no record of anybody. */
export const SOUND_STATUS = {
  received: 'completed',
  transcribing: 'completed',
  drafted: 'completed',
  signed: 'completed',
  failed: 'completed',
  live: 'completed',
  withdrawn: 'entered-in-error',
} as const satisfies Record<SoundRecord['state'], Media['status']>;

const AUDIO = { system: 'http://terminology.hl7.org/CodeSystem/media-type', code: 'audio', display: 'Audio' };
const RECORDED = 'Inspelat diktat';
const LIVE = 'Dikterat direkt i anteckningen';

/**
 * The sound of a dictation. A recorded one has an address of its own while the sound is kept; what was dictated here is
 * listened to beside its note only.
 */
export function toMedia(row: SoundRecord, baseUrl: string): Media {
  const { id, state, patientId, authorId, recordedAt, soundType, soundBytes, seconds, isKept } = row;
  return {
    resourceType: 'Media',
    id,
    meta: metaOf(row),
    status: SOUND_STATUS[state],
    type: { coding: [AUDIO] },
    subject: referenceTo('Patient', patientId),
    createdDateTime: recordedAt.toISOString(),
    operator: referenceTo('Practitioner', authorId),
    ...(seconds !== null && { duration: Math.round(seconds * 10) / 10 }),
    content: {
      contentType: soundType,
      title: state === 'live' ? LIVE : RECORDED,
      creation: recordedAt.toISOString(),
      ...(soundBytes !== null && { size: soundBytes }),
      ...(isKept && state !== 'live' && { url: `${baseUrl}/Binary/${id}` }),
    },
  };
}
