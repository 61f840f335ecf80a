import type { FastifyRequest } from 'fastify';
import { AppError } from '../contracts/errors.ts';
import { collectBytes } from './collect-bytes.ts';
import { RequestError } from './request-error.ts';

/** Room in a body for boundaries, part headers and the fields beside the file. */
export const FORM_OVERHEAD_BYTES = 1024 * 1024;

/** What a form may hold beside the size of its file. */
export const FORM_LIMITS = { fieldNameSize: 100, fieldSize: 64 * 1024, fields: 2000, files: 4, parts: 2000 } as const;

export interface MultipartForm {
  /** Every value of every field, in the order of the body. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** The last part named "file". */
  readonly file: Uint8Array<ArrayBuffer> | undefined;
}

/**
 * Reads a whole multipart body into memory, at most `maxFileBytes` of file.
 * Throws REQUEST_INVALID (415 when it is no form), AUDIO_TOO_LARGE, CANCELLED when the sender went away.
 */
export async function collectForm(request: FastifyRequest, maxFileBytes: number): Promise<MultipartForm> {
  requireMultipart(request);
  const fields = new Map<string, string[]>();
  let file: Uint8Array<ArrayBuffer> | undefined;
  try {
    // The parser's limit is one byte further: what it cuts off would look like a complete file.
    for await (const part of request.parts({ limits: { ...FORM_LIMITS, fileSize: maxFileBytes + 1 } })) {
      if (part.type === 'field') {
        const text = typeof part.value === 'string' ? part.value : JSON.stringify(part.value);
        fields.set(part.fieldname, [...(fields.get(part.fieldname) ?? []), text]);
      } else if (part.fieldname === 'file') {
        file = await collectBytes(part.file, maxFileBytes, () => fileTooLarge(maxFileBytes, 'more'));
      } else {
        part.file.resume();
      }
    }
  } catch (error) {
    throw formError(error);
  }
  return { fields, file };
}

/** Throws REQUEST_INVALID (415) for a body of another kind. */
export function requireMultipart(request: FastifyRequest): void {
  if (request.isMultipart()) return;
  throw new RequestError('REQUEST_INVALID', 'the body is not a form with a file', {
    status: 415,
    expected: 'content-type multipart/form-data',
    got: request.headers['content-type']?.split(';')[0] ?? 'none',
  });
}

export function fileTooLarge(maxFileBytes: number, got: string): RequestError {
  return new RequestError('AUDIO_TOO_LARGE', 'the file is too large', {
    param: 'file',
    expected: `at most ${maxFileBytes} bytes`,
    got,
  });
}

/** The parser tells a broken body by plain errors; whatever it says, the sender's bytes are to blame. */
export function formError(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  if ('code' in error && (error.code === 'FST_MP_PREMATURE_CLOSE' || error.code === 'ECONNRESET')) {
    return new AppError('CANCELLED', 'the sender went away before the whole form had come', { cause: error });
  }
  if ('statusCode' in error) return error;
  return new RequestError('REQUEST_INVALID', 'the form cannot be read', {
    expected: 'a complete multipart/form-data body',
    got: error.message,
    cause: error,
  });
}
