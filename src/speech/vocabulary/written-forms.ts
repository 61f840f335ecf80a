import type { Word } from '../../contracts/transcript.ts';
import type { Vocabulary } from '../../contracts/vocabulary.ts';
import { spokenWords } from './spoken-words.ts';

const AROUND_WORD = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su;
const HAS_CAPITAL = /\p{Lu}/u;
const WHITE_SPACE = /\s+/u;

interface Form {
  readonly spoken: readonly string[];
  readonly term: string;
}

/** Writes terms as their owners want them, wherever the words stand that they sound like. */
export class WrittenForms {
  /** By the first spoken word, the longest form first. */
  readonly #forms = new Map<string, Form[]>();

  constructor(vocabulary: Vocabulary) {
    for (const { term, soundsLike = term } of vocabulary) {
      const spoken = spokenWords(soundsLike);
      const [first] = spoken;
      // A term in small letters that sounds as it is written needs no writing.
      if (first === undefined || (soundsLike === term && !HAS_CAPITAL.test(term))) continue;
      const forms = this.#forms.get(first);
      if (forms) forms.push({ spoken, term });
      else this.#forms.set(first, [{ spoken, term }]);
    }
    for (const forms of this.#forms.values()) forms.sort((a, b) => b.spoken.length - a.spoken.length);
  }

  /** The text with every spoken form written as its term; punctuation around it stays. */
  inText(text: string): string {
    if (this.#forms.size === 0) return text;
    const words = text.split(WHITE_SPACE);
    const written = this.#rewrite(
      words,
      (word) => word,
      (form) => [form],
    );
    return written.join(' ');
  }

  /** The same for words with times: a term takes the time and the mean probability of the words that it stands for. */
  inWords(words: readonly Word[]): Word[] {
    return this.#rewrite(words, ({ text }) => text, timeTerm);
  }

  #rewrite<Item>(
    items: readonly Item[],
    textOf: (item: Item) => string,
    write: (text: string, items: readonly Item[]) => readonly Item[],
  ): Item[] {
    const rewritten: Item[] = [];
    for (let index = 0; index < items.length; ) {
      const found = this.#formAt(items, index, textOf);
      if (!found) {
        rewritten.push(items[index++]!);
        continue;
      }
      const replaced = items.slice(index, index + found.count);
      rewritten.push(...write(found.text, replaced));
      index += found.count;
    }
    return rewritten;
  }

  #formAt<Item>(items: readonly Item[], index: number, textOf: (item: Item) => string) {
    const keyAt = (at: number) => spokenWords(textOf(items[at]!));
    for (const { spoken, term } of this.#forms.get(keyAt(index)[0] ?? '') ?? []) {
      const heard: string[] = [];
      let count = 0;
      while (heard.length < spoken.length && index + count < items.length) heard.push(...keyAt(index + count++));
      if (heard.length !== spoken.length || heard.some((word, at) => word !== spoken[at])) continue;
      if (count > 1 && items.slice(index, index + count - 1).some((item) => /[.!?]$/.test(textOf(item)))) continue;
      const [, before = ''] = AROUND_WORD.exec(textOf(items[index]!)) ?? [];
      const [, , , after = ''] = AROUND_WORD.exec(textOf(items[index + count - 1]!)) ?? [];
      return { count, text: `${before}${beginLike(textOf(items[index]!), term)}${after}` };
    }
    return undefined;
  }
}

/** A capital that the sentence gave stays; one that the term has does as well. */
function beginLike(heard: string, term: string): string {
  const isCapital = HAS_CAPITAL.test(/\p{L}/u.exec(heard)?.[0] ?? '');
  return isCapital ? term.replace(/^\p{L}/u, (letter) => letter.toUpperCase()) : term;
}

/** One word for each of the term's, the time shared out by their letters. */
function timeTerm(text: string, replaced: readonly Word[]): readonly Word[] {
  const startSeconds = replaced[0]!.startSeconds;
  const seconds = replaced.at(-1)!.endSeconds - startSeconds;
  const probability = replaced.reduce((sum, word) => sum + word.probability, 0) / replaced.length;
  const parts = text.split(WHITE_SPACE);
  const letters = parts.reduce((sum, part) => sum + part.length, 0);
  let passed = 0;
  return parts.map((part) => {
    const from = startSeconds + (seconds * passed) / letters;
    passed += part.length;
    return { text: part, startSeconds: from, endSeconds: startSeconds + (seconds * passed) / letters, probability };
  });
}
