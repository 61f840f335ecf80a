import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LabelledPhrase } from '../../src/contracts/followup.ts';
import { extractFollowUps } from '../../src/followup/extract.ts';
import { UNIT_DEFAULTS } from '../../src/followup/unit.ts';
import { requestsOf } from './reading.ts';

const FILE = join(import.meta.dirname, 'labelled/given.jsonl');
const phrases = readFileSync(FILE, 'utf8')
  .trim()
  .split('\n')
  .map((line) => LabelledPhrase.parse(JSON.parse(line)));

test('all given phrases were read', () => {
  expect(phrases).toHaveLength(35);
});

test.each(phrases)('$id "$text" is read as it is labelled: route, flags, denials and every field', (phrase) => {
  const reading = extractFollowUps(phrase.text, { refDate: phrase.ref_date, mode: phrase.mode, unit: UNIT_DEFAULTS });
  expect({
    route: reading.route,
    flags: reading.flags.toSorted(),
    requests: requestsOf(reading),
    negated: reading.decisions.map(({ type }) => type),
  }).toEqual({
    route: phrase.route,
    flags: phrase.flags.toSorted(),
    requests: phrase.requests,
    negated: phrase.negated,
  });
});
