import { SPEECH_RATE_HZ } from '../audio/pcm.ts';
import type { LiveSpeech } from '../contracts/live-speech.ts';
import type { OpenSpan } from './hearing.ts';
import { promptOf } from './prompt.ts';
import type { LiveSound } from './sound.ts';
import { agreed, NOTHING_SAID, type Provisional } from './stability.ts';

/** New sound between two drafts of an utterance when nobody waits: a word is seen within a second of being said. */
const SPACING_SECONDS = 0.6;

export interface DraftsOptions {
  readonly speech: LiveSpeech;
  readonly owner: object;
  readonly sound: LiveSound;
  readonly language: string;
  /** Threads of the recogniser. */
  readonly threads: number;
  readonly onDraft: (utteranceId: number, said: Provisional) => void;
}

interface Drafting {
  readonly utteranceId: number;
  readonly ended: AbortController;
  said: Provisional;
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
  #drafting: Drafting | undefined;

  constructor(options: DraftsOptions) {
    this.#options = options;
  }

  /** More was heard of an utterance: asks for a draft if it is time for one. */
  consider(utteranceId: number, open: OpenSpan): void {
    if (this.#drafting?.utteranceId !== utteranceId) {
      this.end();
      const { startSample } = open;
      const ended = new AbortController();
      const nothing = { said: NOTHING_SAID, tokens: [], draftedSample: startSample, isUnderWay: false };
      this.#drafting = { utteranceId, ended, ...nothing };
    }
    const drafting = this.#drafting;
    const newSamples = open.heardSample - drafting.draftedSample;
    if (!drafting.isUnderWay && newSamples >= this.#spacingSamples()) void this.#draft(drafting, open);
  }

  /** The utterance has ended: what is under way for it is not wanted any more. */
  end(): void {
    this.#drafting?.ended.abort();
    this.#drafting = undefined;
  }

  #spacingSamples(): number {
    const { speech, threads } = this.#options;
    return SPACING_SECONDS * (1 + speech.waitingCalls / threads) * SPEECH_RATE_HZ;
  }

  async #draft(drafting: Drafting, open: OpenSpan): Promise<void> {
    const { speech, owner, sound, language, onDraft } = this.#options;
    const request = {
      samples: sound.read(open.startSample, open.heardSample),
      language,
      draft: drafting.tokens,
      ...promptOf(open.vocabulary),
    };
    const { signal } = drafting.ended;
    drafting.isUnderWay = true;
    drafting.draftedSample = open.heardSample;
    try {
      const { tokens, text } = await speech.draft(request, { owner, signal });
      if (signal.aborted) return;
      drafting.tokens = tokens;
      drafting.said = agreed(drafting.said, text);
      onDraft(drafting.utteranceId, drafting.said);
    } catch {
      // The next draft, or the utterance's end, says it anew; a recogniser that is broken is found out there.
    } finally {
      drafting.isUnderWay = false;
    }
  }
}
