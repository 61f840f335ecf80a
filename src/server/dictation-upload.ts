import { createHash, randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { DictationForm, IDEMPOTENCY_HEADER, IdempotencyKey } from '../contracts/dictations-api.ts';
import type { AppError } from '../contracts/errors.ts';
import { parseVocabularyList } from '../contracts/vocabulary.ts';
import type { ReceivedSound, SoundStore } from '../recorded/sound-store.ts';
import { FORM_LIMITS, formError, requireMultipart } from './multipart-form.ts';
import { RequestError } from './request-error.ts';

/** A speaker's templates are the longest field. */
const UPLOAD_LIMITS = { ...FORM_LIMITS, fieldSize: 512 * 1024, fields: 20 } as const;

/** The part that holds the recording. */
const SOUND_PART = 'audio';
const SOUND_TYPE = /^(audio|video)\/[\w.+-]{1,60}$/;
const UNKNOWN_TYPE = 'application/octet-stream';

/** A recording as it came, its sound on the disk. */
export interface DictationUpload extends ReceivedSound {
  /** Of the sound, and of the dictation if there is to be one. */
  readonly id: string;
  readonly form: DictationForm;
  readonly soundType: string;
  /** SHA-256 of fields and sound: equal for the same dictation sent again. */
  readonly bodyHash: Buffer;
}

/** Throws REQUEST_INVALID for a request without a usable one. */
export function idempotencyKeyOf({ headers }: FastifyRequest): string {
  const { data } = IdempotencyKey.safeParse(headers[IDEMPOTENCY_HEADER]);
  if (data !== undefined) return data;
  throw new RequestError('REQUEST_INVALID', 'the header "Idempotency-Key" is not usable', {
    param: IDEMPOTENCY_HEADER,
    expected: '1 to 200 visible ASCII characters, new for each dictation',
  });
}

/**
 * Takes a form in, its file straight to the disk. Throws REQUEST_INVALID that names the field and nothing of what it
 * held, and what `SoundStore.receive` throws; nothing is kept then.
 */
export async function receiveUpload(request: FastifyRequest, sounds: SoundStore): Promise<DictationUpload> {
  requireMultipart(request);
  const id = randomUUID();
  const fields = new Map<string, string>();
  let sound: (ReceivedSound & { soundType: string }) | undefined;
  try {
    for await (const part of request.parts({ limits: { ...UPLOAD_LIMITS, fileSize: sounds.maxFileBytes + 1 } })) {
      if (part.type === 'field') fields.set(part.fieldname, String(part.value));
      else if (part.fieldname === SOUND_PART && sound === undefined) {
        const soundType = SOUND_TYPE.test(part.mimetype) ? part.mimetype : UNKNOWN_TYPE;
        sound = { ...(await sounds.receive(id, part.file)), soundType };
      } else {
        part.file.resume();
        throw invalid(part.fieldname, `one part named "${SOUND_PART}"`);
      }
    }
    if (sound === undefined) throw invalid(SOUND_PART, `a part named "${SOUND_PART}" with a file name`);
    return { id, ...sound, form: parseForm(fields), bodyHash: hashOf(fields, sound.hash) };
  } catch (error) {
    await sounds.remove(id);
    throw formError(error);
  }
}

function parseForm(fields: ReadonlyMap<string, string>): DictationForm {
  const given = [...fields].filter(([, value]) => value !== '');
  const raw = Object.fromEntries(given.map(([name, value]) => [name, READERS[name]?.(value) ?? value]));
  const parsed = DictationForm.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path[0];
  throw invalid(String(field ?? 'form'), issue?.code === 'unrecognized_keys' ? 'known fields only' : issue!.message);
}

/** Fields that hold more than a text. */
const READERS: Readonly<Record<string, (value: string) => unknown>> = {
  vocabulary: (value) =>
    value.startsWith('[') ? list('vocabulary', value, 'a term a line, or a JSON array') : parseVocabularyList(value),
  templates: (value) => list('templates', value, 'a JSON array of name and text'),
};

function list(field: string, value: string, expected: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw invalid(field, expected);
  }
}

function hashOf(fields: ReadonlyMap<string, string>, sound: Buffer): Buffer {
  const inOrder = [...fields].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(inOrder)).update(sound).digest();
}

function invalid(param: string, expected: string): AppError {
  return new RequestError('REQUEST_INVALID', `the value of "${param.slice(0, 60)}" is not usable`, { param, expected });
}
