import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../../contracts/errors.ts';

/**
 * Reads a JSON file of a model and checks it.
 * @throws AppError MODEL_NOT_FOUND when it is missing, MODEL_INVALID when it is not JSON or not what is expected.
 */
export function readJsonFile<T>(path: string, schema: z.ZodType<T>): T {
  if (!existsSync(path)) throw new AppError('MODEL_NOT_FOUND', 'A file of the model is missing', { expected: path });
  const text = readFileSync(path, 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    const got = `text that begins with ${JSON.stringify(text.slice(0, 40))}`;
    throw new AppError('MODEL_INVALID', `${path} is damaged`, { expected: 'JSON', got, cause });
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const got = z.prettifyError(parsed.error).replaceAll(/\s+/g, ' ').slice(0, 300);
    throw new AppError('MODEL_INVALID', `${path} is not what a Whisper needs`, { got, cause: parsed.error });
  }
  return parsed.data;
}
