import { aLawToS16le, muLawToS16le } from '../../audio/g711.ts';
import { REALTIME_LIMITS, RealtimeClientEvent, type RealtimeFormat } from '../../contracts/realtime.ts';
import { RealtimeFault } from './fault.ts';

const LONGEST_EVENT_ID = 512;

/** A message as JSON; none of those that are no text is. @throws RealtimeFault */
export function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    throw new RealtimeFault('invalid_value', 'the message is not usable', {
      expected: 'JSON as text',
      got: 'something else',
    });
  }
}

/** The id that a client gave its event, to be told with the event's error. */
export function eventIdOf(json: unknown): string | null {
  if (typeof json !== 'object' || json === null || !('event_id' in json)) return null;
  return typeof json.event_id === 'string' ? json.event_id.slice(0, LONGEST_EVENT_ID) : null;
}

/** @throws RealtimeFault naming the field and what was expected there, never what came */
export function parseEvent(json: unknown): RealtimeClientEvent {
  const parsed = RealtimeClientEvent.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const param = issue?.path.join('.') ?? '';
  const expected = issue?.message ?? 'an event of a transcription session';
  throw new RealtimeFault('invalid_value', `the value of "${param || 'the event'}" is not usable`, { param, expected });
}

/** Samples of 16 bits, little-endian. @throws RealtimeFault */
export function decodeAudio(base64: string, format: RealtimeFormat): Uint8Array {
  if (base64.length > REALTIME_LIMITS.audioCharacters) {
    throw new RealtimeFault('buffer_overflow', 'there is too much audio in one event', {
      param: 'audio',
      expected: `at most ${REALTIME_LIMITS.audioCharacters} characters of base64`,
      got: `${base64.length}`,
    });
  }
  const bytes = Buffer.from(base64, 'base64');
  const paddingCharacters = base64.endsWith('==') ? 2 : Number(base64.endsWith('='));
  // What is no base64 is passed over by the decoder.
  if (bytes.length !== Math.floor(((base64.length - paddingCharacters) * 3) / 4)) {
    throw new RealtimeFault('invalid_value', 'the audio is not usable', { param: 'audio', expected: 'base64' });
  }
  switch (format) {
    case 'audio/pcm':
      return bytes;
    case 'audio/pcmu':
      return muLawToS16le(bytes);
    case 'audio/pcma':
      return aLawToS16le(bytes);
    default:
      return format satisfies never;
  }
}
