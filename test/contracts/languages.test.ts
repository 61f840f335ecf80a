import { expect, test } from 'vitest';
import { INTERPRETER_LANGUAGES, languageCodeOf } from '../../src/contracts/languages.ts';
import { NEED_WORDS } from '../../src/followup/lexicon/people.ts';

test('every language that a note can name for an interpreter is one that a calendar can have', () => {
  const named = NEED_WORDS.flatMap(({ sense }) => (sense.category === 'Language' ? [sense.value] : []));
  expect(named.length).toBeGreaterThan(10);
  for (const name of named) expect(INTERPRETER_LANGUAGES, name).toContain(languageCodeOf(name));
});

test('a code is itself, and what is no language is nothing', () => {
  expect(languageCodeOf('FA')).toBe('fa');
  expect(languageCodeOf('teckenspråk på distans')).toBeUndefined();
});
