import type { Utterance } from '../contracts/speech-messages.ts';
import { type FinalTextOptions, finalText } from './final-text.ts';
import type { UtteranceSpan } from './hearing.ts';
import type { LiveSound } from './sound.ts';

export interface ForesightOptions extends FinalTextOptions {
  readonly sound: LiveSound;
  readonly onText: (text: string, endSample: number) => void;
}

interface Foreseen {
  readonly span: UtteranceSpan;
  readonly text: Promise<Utterance>;
  readonly unwanted: AbortController;
}

/**
 * Final text before it is wanted. An utterance takes in less silence than the pause that ends it: while it is still
 * waited whether the pause goes on, all its sound is there. So its words are there, too, when its end is declared; when
 * somebody speaks on they were a draft. It uses time that nobody else waits for.
 */
export class Foresight {
  readonly #options: ForesightOptions;
  #foreseen: Foreseen | undefined;

  constructor(options: ForesightOptions) {
    this.#options = options;
  }

  /**
   * Recognises the utterance that is expected, unless that is done; null when none is.
   * @returns whether its text is here or on its way
   */
  expect(span: UtteranceSpan | null): boolean {
    if (this.#foreseen && span && isSame(this.#foreseen.span, span)) return true;
    this.take(undefined);
    if (span === null || this.#options.speech.waitingCalls > 0) return false;
    const { sound, onText } = this.#options;
    const unwanted = new AbortController();
    const samples = sound.read(span.startSample, span.endSample);
    const foreseen = { span, text: finalText(this.#options, span, samples, unwanted.signal), unwanted };
    this.#foreseen = foreseen;
    foreseen.text.then(
      ({ text }) => {
        if (this.#foreseen === foreseen) onText(text, span.endSample);
      },
      // Whoever takes it finds out.
      () => {},
    );
    return true;
  }

  /** The text of an utterance that has ended, if it is the one that was expected; else that text is given up. */
  take(span: UtteranceSpan | undefined): Promise<Utterance> | undefined {
    const foreseen = this.#foreseen;
    this.#foreseen = undefined;
    if (foreseen && span && isSame(foreseen.span, span)) return foreseen.text;
    foreseen?.unwanted.abort();
    return undefined;
  }
}

function isSame(one: UtteranceSpan, other: UtteranceSpan): boolean {
  const isSamePlace = one.startSample === other.startSample && one.endSample === other.endSample;
  return isSamePlace && one.hints === other.hints;
}
