import { SPEECH_RATE_HZ } from '../audio/pcm.ts';
import type { LiveSpeech } from '../contracts/live-speech.ts';
import type { Word } from '../contracts/transcript.ts';
import type { UtteranceSpan } from './hearing.ts';
import type { Journal } from './journal.ts';
import type { CommittedRecord, ControlMessage } from './journal-records.ts';
import { promptOf } from './prompt.ts';
import { type RetryOptions, withRetries } from './retries.ts';

const BEAM_SIZE = 5;

/** What is to be done after all that was said before it is committed. */
type Waiting =
  | { readonly utterance: UtteranceSpan; readonly samples: Float32Array }
  | { readonly control: ControlMessage };

export interface CommitsOptions {
  readonly speech: LiveSpeech;
  readonly owner: object;
  readonly journal: Journal;
  readonly language: string;
  readonly retry: RetryOptions;
  /** The words are on the disk: they may be told. */
  readonly onCommitted: (record: CommittedRecord) => void;
  readonly onReached: (control: ControlMessage) => Promise<void>;
}

/** Recognises utterances that have ended, one after another, and stores their words before anybody is told of them. */
export class Commits {
  readonly #options: CommitsOptions;
  readonly #waiting: Waiting[] = [];
  #isAtWork = false;

  constructor(options: CommitsOptions) {
    this.#options = options;
  }

  get waitingCount(): number {
    return this.#waiting.length;
  }

  get utteranceCount(): number {
    return this.#waiting.filter((waiting) => 'utterance' in waiting).length;
  }

  /** Where the first utterance begins that is not committed yet. */
  get firstSample(): number | undefined {
    const first = this.#waiting.find((waiting) => 'utterance' in waiting);
    return first && 'utterance' in first ? first.utterance.startSample : undefined;
  }

  add(waiting: Waiting): void {
    this.#waiting.push(waiting);
  }

  /** Does what waits, unless that is being done already. @throws as LiveSpeech.recognise, and LIVE_STORAGE */
  async work(): Promise<void> {
    if (this.#isAtWork) return;
    this.#isAtWork = true;
    try {
      // The first stays in line until it is done, since it counts as lag until then.
      for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
        if ('control' in first) {
          this.#waiting.shift();
          await this.#options.onReached(first.control);
        } else {
          const record = await this.#recognise(first.utterance, first.samples);
          await this.#store(record);
          this.#waiting.shift();
          this.#options.onCommitted(record);
        }
      }
    } finally {
      this.#isAtWork = false;
    }
  }

  async #recognise(utterance: UtteranceSpan, samples: Float32Array): Promise<CommittedRecord> {
    const { speech, owner, language, retry } = this.#options;
    const { startSample, endSample, goesOn, vocabulary } = utterance;
    const options = { language, beamSize: BEAM_SIZE, words: true, ...promptOf(vocabulary) };
    const call = { owner, signal: retry.signal };
    const { words = [] } = await withRetries(() => speech.recognise(samples, options, call), retry);
    const startSeconds = startSample / SPEECH_RATE_HZ;
    const endSeconds = endSample / SPEECH_RATE_HZ;
    const placed = placedWords(words, startSeconds, endSeconds);
    return { kind: 'committed', startSeconds, endSeconds, words: placed, endSample, goesOn };
  }

  async #store(record: CommittedRecord): Promise<void> {
    const { journal, retry } = this.#options;
    // A session that was closed meanwhile has no journal any more; its successor recognises this utterance again.
    retry.signal.throwIfAborted();
    journal.append(record);
    await journal.sync();
  }
}

/** From times of the utterance to those of the session: in order, and within the utterance. */
function placedWords(words: readonly Word[], startSeconds: number, endSeconds: number): Word[] {
  let reachedSeconds = startSeconds;
  const placed = (seconds: number) => {
    reachedSeconds = Math.min(Math.max(reachedSeconds, startSeconds + seconds), endSeconds);
    return reachedSeconds;
  };
  return words.map((word) => ({
    ...word,
    startSeconds: placed(word.startSeconds),
    endSeconds: placed(word.endSeconds),
  }));
}
