import { TRANSCRIPTION_LIST_FIELDS, TranscriptionForm } from '../contracts/openai.ts';
import { RequestError } from './request-error.ts';

/** Fields that hold what people said or names of people: never repeated in an error. */
const FREE_TEXT_FIELDS: ReadonlySet<string> = new Set(['prompt', 'keywords', 'vocabulary']);
const JSON_FIELDS: ReadonlySet<string> = new Set(['chunking_strategy', 'vocabulary']);

/**
 * The fields of a form as the endpoint understands them. Names of lists come with or without brackets, objects as
 * JSON or as `name[key]`; of a field that is no list the last value counts, and an empty one is absent.
 * Throws REQUEST_INVALID naming the field.
 */
export function parseTranscriptionForm(fields: ReadonlyMap<string, readonly string[]>): TranscriptionForm {
  const raw = gatherFields(fields);
  const parsed = TranscriptionForm.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const param = String(issue?.path[0] ?? 'body');
  const given = JSON.stringify(raw[param]) ?? 'nothing';
  throw new RequestError('REQUEST_INVALID', `the value of "${param}" is not usable`, {
    param,
    expected: issue?.message ?? 'another value',
    got: FREE_TEXT_FIELDS.has(param) ? `${given.length} characters` : given.slice(0, 100),
  });
}

function gatherFields(fields: ReadonlyMap<string, readonly string[]>): Record<string, unknown> {
  const gathered: Record<string, unknown> = {};
  const nested: Record<string, Record<string, string>> = {};
  for (const [fieldName, values] of fields) {
    const [, name = fieldName, key = ''] = /^(\w+)\[(\w*)\]$/.exec(fieldName) ?? [];
    const last = values.at(-1) ?? '';
    if (TRANSCRIPTION_LIST_FIELDS.has(name)) {
      gathered[name] = [...((gathered[name] as string[] | undefined) ?? []), ...values.filter((value) => value !== '')];
    } else if (key !== '') {
      nested[name] = { ...nested[name], [key]: last };
    } else if (last !== '') {
      gathered[name] = /^[[{]/.test(last) && JSON_FIELDS.has(name) ? parseJsonOrKeep(last) : last;
    }
  }
  return { ...gathered, ...nested };
}

/** Text that is no JSON is left for the schema to refuse. */
function parseJsonOrKeep(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
