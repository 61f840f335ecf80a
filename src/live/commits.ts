import { SPEECH_RATE_HZ } from '../audio/pcm.ts';
import type { Utterance } from '../contracts/speech-messages.ts';
import type { Word } from '../contracts/transcript.ts';
import { type FinalTextOptions, finalText } from './final-text.ts';
import type { UtteranceSpan } from './hearing.ts';
import type { SessionJournal } from './journal.ts';
import type { CommittedRecord, ControlMessage } from './journal-records.ts';
import type { LiveMeter } from './meter.ts';
import { type RetryOptions, withRetries } from './retries.ts';
import { storedVoice } from './stored-voice.ts';
import type { VoiceSnapshot } from './voice-memories.ts';

/** What is to be done after all that was said before it is committed. */
type Waiting = EndedUtterance | { readonly control: ControlMessage };

interface EndedUtterance {
  readonly utterance: UtteranceSpan;
  readonly samples: Float32Array;
  /** With which the session can be taken up again after it. */
  readonly voice: VoiceSnapshot;
  /** Its text, where that was foreseen. */
  readonly foreseen: Promise<Utterance> | undefined;
  readonly endedAtMs: number;
}

export interface CommitsOptions extends FinalTextOptions {
  readonly journal: SessionJournal;
  readonly retry: RetryOptions;
  readonly meter: LiveMeter;
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
          const record = await this.#recognise(first);
          await this.#store({ ...record, voice: storedVoice(first.voice) });
          this.#waiting.shift();
          this.#options.meter.committed((performance.now() - first.endedAtMs) / 1000);
          this.#options.onCommitted(record);
        }
      }
    } finally {
      this.#isAtWork = false;
    }
  }

  async #recognise({ utterance, samples, foreseen }: EndedUtterance): Promise<CommittedRecord> {
    const { retry } = this.#options;
    const { startSample, endSample, goesOn } = utterance;
    const anew = () => withRetries(() => finalText(this.#options, utterance, samples, retry.signal), retry);
    const { words = [] } = await (foreseen?.catch(anew) ?? anew());
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
