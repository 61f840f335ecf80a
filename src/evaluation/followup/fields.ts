import type { StatedRequest, Statement } from './statement.ts';

/** The fields that repeat words of the text. */
const WORDS_OF_THE_TEXT: ReadonlySet<string> = new Set([
  'expr',
  'reason',
  'condition',
  'prep_verbatim',
  'safety_verbatim',
]);

/**
 * A request's fields by name, each as text that is equal for equal values. A field with parts counts as a whole and part
 * by part: `time`, `time.kind`, `time.target`. The id is a name, not a field, and null says no more than nothing does.
 */
export function fieldsOf({ id: _, ...request }: StatedRequest): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [name, value] of Object.entries(request)) {
    if (isAbsent(value)) continue;
    fields.set(name, canonical(value));
    if (!isRecord(value)) continue;
    for (const [part, inner] of Object.entries(value)) {
      if (!isAbsent(inner)) fields.set(`${name}.${part}`, canonical(inner));
    }
  }
  return fields;
}

/** Names of the fields whose values are not equal, in the order of the first request. */
export function differingFields(labelled: StatedRequest, found: StatedRequest): readonly string[] {
  const [expected, got] = [fieldsOf(labelled), fieldsOf(found)];
  return [...new Set([...expected.keys(), ...got.keys()])].filter((name) => expected.get(name) !== got.get(name));
}

/** A statement without what repeats the text's words: when the text was misheard, these differ and should. */
export function withoutWords({ followUps, decisions }: Statement): Statement {
  return {
    followUps: followUps.map((followUp) => ({
      ...followUp,
      requests: followUp.requests.map(({ request, place }) => ({ request: requestWithoutWords(request), place })),
    })),
    decisions,
  };
}

function requestWithoutWords(request: StatedRequest): StatedRequest {
  const keep = (value: unknown): unknown =>
    isRecord(value)
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([name]) => !WORDS_OF_THE_TEXT.has(name))
            .map(([name, inner]) => [name, keep(inner)]),
        )
      : value;
  return keep(request) as StatedRequest;
}

/** Every mention of a request's id replaced: in links, triggers, and what a series follows. */
export function renameIds(request: StatedRequest, names: ReadonlyMap<string, string>): StatedRequest {
  const rename = (value: unknown): unknown => {
    if (typeof value === 'string') return renameInText(value, names);
    if (isRecord(value)) return mapValues(value, rename);
    return value;
  };
  const { id, type, ...fields } = request;
  return { id: renameInText(id, names), type, ...mapValues(fields, rename) };
}

/** Every mention of a request's id replaced: in a link ("R1"), a trigger ("remissvar:R1"), a flag ("needs_referral_R1"). */
export function renameInText(text: string, names: ReadonlyMap<string, string>): string {
  return text.replace(/(?<=^|[:_])R\d+$/, (id) => names.get(id) ?? id);
}

function mapValues(record: Readonly<Record<string, unknown>>, change: (value: unknown) => unknown) {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isRecord(inner)
      ? Object.fromEntries(
          Object.entries(inner)
            .filter(([, part]) => !isAbsent(part))
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : inner,
  );
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
