import type { DictatedWord } from '../../src/contracts/dictation.ts';
import {
  type DictationSetup,
  type DictationState,
  finalize,
  type Step,
  startDictation,
  step,
} from '../../src/dictation/reducer.ts';

const SECONDS_PER_LETTER = 0.06;
const SECONDS_PER_WORD = 0.15;
const PAUSE_SECONDS = new Map([
  ['·', 0.4],
  ['··', 1],
  ['···', 3],
]);

/** Words said one after the other; "·" is a pause of 0.4 s, "··" of 1 s, "···" of 3 s. */
export function spoken(text: string, startSeconds = 0): DictatedWord[] {
  const words: DictatedWord[] = [];
  let seconds = startSeconds;
  for (const said of text.split(' ').filter((part) => part !== '')) {
    const pauseSeconds = PAUSE_SECONDS.get(said);
    const durationSeconds = SECONDS_PER_WORD + SECONDS_PER_LETTER * said.length;
    if (pauseSeconds === undefined) {
      words.push({
        id: `${startSeconds}-${words.length}`,
        text: said,
        startSeconds: seconds,
        endSeconds: seconds + durationSeconds,
        probability: 0.9,
      });
    }
    seconds += pauseSeconds ?? durationSeconds;
  }
  return words;
}

export const SETUP: DictationSetup = {
  sections: [
    { id: 'reason', title: 'Kontaktorsak', text: '' },
    { id: 'status', title: 'Status', text: '', aliases: ['undersökning'] },
    { id: 'assessment', title: 'Bedömning', text: '' },
    { id: 'medicines', title: 'Aktuella läkemedel', text: '' },
  ],
  templates: [
    { id: 'heart', name: 'hjärta och lungor', aliases: ['hjärta'], text: 'Hjärta: [rytm]\nLungor: [ljud]' },
    { id: 'well', name: 'allmänt', text: 'Gott allmäntillstånd.' },
  ],
};

/** A dictation from its first word to its end. */
export function dictated(words: readonly DictatedWord[], setup: Partial<DictationSetup> = {}): Step {
  return continued(startDictation({ ...SETUP, ...setup }), words);
}

export function continued(state: DictationState, words: readonly DictatedWord[]): Step {
  const first = step(state, words);
  const last = finalize(first.state);
  return { state: last.state, changes: [...first.changes, ...last.changes] };
}

/** The text of the first section after these words. */
export function written(text: string, setup: Partial<DictationSetup> = {}): string {
  return dictated(spoken(text), setup).state.note.sections[0]!.text;
}

/** Everything in the note, sections with their ids before them. */
export function wholeNote(state: DictationState): string {
  return state.note.sections
    .filter(({ text }) => text !== '')
    .map(({ id, text }) => `${id}: ${text}`)
    .join(' | ');
}
