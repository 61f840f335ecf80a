import { SPEECH_RATE_HZ } from '../audio/pcm.ts';
import type { Utterance } from '../contracts/speech-messages.ts';
import type { FinalTextOptions } from './final-text.ts';
import { Foresight } from './foresight.ts';
import type { OpenSpan, UtteranceSpan } from './hearing.ts';
import type { LiveMeter } from './meter.ts';
import type { LiveSound } from './sound.ts';
import { agreed, NOTHING_SAID, type Provisional } from './stability.ts';
import { toldWith } from './told-words.ts';

/** New sound between two drafts of an utterance when nobody waits: a word is seen within a second of being said. */
const SPACING_SAMPLES = 0.6 * SPEECH_RATE_HZ;

export interface DraftsOptions extends FinalTextOptions {
  readonly sound: LiveSound;
  /** Threads of the recogniser. */
  readonly threads: number;
  readonly meter: LiveMeter;
  readonly onDraft: (utteranceId: number, said: Provisional) => void;
}

interface Drafting {
  readonly utteranceId: number;
  readonly ended: AbortController;
  said: Provisional;
  /** Up to where the sound goes that `said` was heard in. */
  saidSample: number;
  tokens: readonly number[];
  draftedSample: number;
  isUnderWay: boolean;
}

/**
 * Provisional text of the utterance that is being said, one draft at a time. The more calls wait for the recogniser,
 * the fewer drafts are asked for; one that fails is left out, since the next says more.
 */
export class Drafts {
  readonly #options: DraftsOptions;
  readonly #foresight: Foresight;
  #drafting: Drafting | undefined;

  constructor(options: DraftsOptions) {
    this.#options = options;
    this.#foresight = new Foresight({ ...options, onText: (text, endSample) => this.#say(text, endSample) });
  }

  /**
   * More was heard of an utterance: asks for a draft if it is time for one.
   *
   * @param foreseen what the utterance will have been if nobody goes on speaking
   */
  consider(utteranceId: number, open: OpenSpan, foreseen: UtteranceSpan | null): void {
    if (this.#drafting?.utteranceId !== utteranceId) {
      this.end();
      const { startSample } = open;
      const ended = new AbortController();
      const nothing = { said: NOTHING_SAID, saidSample: startSample, tokens: [], draftedSample: startSample };
      this.#drafting = { utteranceId, ended, ...nothing, isUnderWay: false };
    }
    const drafting = this.#drafting;
    if (this.#foresight.expect(foreseen)) return;
    // The silence after it says nothing.
    const heardSample = foreseen?.endSample ?? open.heardSample;
    const newSamples = heardSample - drafting.draftedSample;
    if (drafting.isUnderWay || newSamples < this.#spacingSamples()) return;
    this.#options.meter.thinned(Math.floor(newSamples / SPACING_SAMPLES) - 1);
    void this.#draft(drafting, { ...open, heardSample });
  }

  /**
   * The utterance has ended: what is under way for it is not wanted any more, but for its final text.
   *
   * @returns that text, where this end was foreseen
   */
  end(utterance?: UtteranceSpan): Promise<Utterance> | undefined {
    this.#drafting?.ended.abort();
    this.#drafting = undefined;
    return this.#foresight.take(utterance);
  }

  #say(text: string, untilSample: number): void {
    const drafting = this.#drafting;
    // What was heard in less of the utterance came too late.
    if (!drafting || untilSample < drafting.saidSample) return;
    drafting.saidSample = untilSample;
    drafting.said = agreed(drafting.said, text);
    this.#options.onDraft(drafting.utteranceId, drafting.said);
  }

  #spacingSamples(): number {
    const { speech, threads } = this.#options;
    return SPACING_SAMPLES * (1 + speech.waitingCalls / threads);
  }

  async #draft(drafting: Drafting, open: OpenSpan): Promise<void> {
    const { speech, owner, sound, language } = this.#options;
    // The terms are for the search of many beams.
    const { prompt } = toldWith(open.hints);
    const request = {
      samples: sound.read(open.startSample, open.heardSample),
      language,
      draft: drafting.tokens,
      ...(prompt !== '' && { prompt }),
    };
    const { signal } = drafting.ended;
    drafting.isUnderWay = true;
    drafting.draftedSample = open.heardSample;
    try {
      const { tokens, text } = await speech.draft(request, { owner, signal });
      if (signal.aborted) return;
      drafting.tokens = tokens;
      this.#say(text, open.heardSample);
    } catch {
      // The next draft, or the utterance's end, says it anew; a recogniser that is broken is found out there.
    } finally {
      drafting.isUnderWay = false;
    }
  }
}
