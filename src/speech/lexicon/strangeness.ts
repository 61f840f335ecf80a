import { toSmall } from './letters.ts';
import { WordReader, type WordSources } from './word-readings.ts';

const WORDS = /[\p{L}\p{M}\p{N}]+/gu;
const FIGURE = /\p{N}/u;

/**
 * How strange a text looks: 0 for usual words, 1 for one that nobody knows, and for several words their sum. What holds
 * figures is not judged, and terms are usual.
 */
export function strangenessOf(sources: Omit<WordSources, 'unknownCost'>): (text: string) => number {
  const reader = new WordReader({ ...sources, unknownCost: 1 });
  const ofWord = (word: string) => {
    let readings = reader.start;
    let previous = 0;
    for (const byte of Buffer.from(word, 'utf8')) {
      readings = reader.extend(readings, toSmall(byte, previous));
      previous = byte;
    }
    return Math.max(0, -reader.verdict(readings, -1));
  };
  return (text) => {
    const words = (text.normalize('NFC').match(WORDS) ?? []).filter((word) => !FIGURE.test(word));
    return words.reduce((sum, word) => sum + ofWord(word), 0);
  };
}
