import { AppError } from '../../contracts/errors.ts';
import { LIVE_LIMITS, type LiveServerMessage } from '../../contracts/live.ts';
import type { Word } from '../../contracts/transcript.ts';
import type { VocabularyTerm } from '../../contracts/vocabulary.ts';
import { VoskClientMessage, type VoskConfig, type VoskReply } from '../../contracts/vosk.ts';
import type { MessageSocket } from '../../live/link.ts';
import { PacedClient } from '../../live/paced-client.ts';
import type { LiveSessions } from '../../live/sessions.ts';
import { resultReply } from './replies.ts';

const MAX_MESSAGE_BYTES = 1024 * 1024;
const DEFAULT_RATE_HZ = 8000;
/** Stands in a grammar for whatever is not in it. */
const UNKNOWN_WORD = '[unk]';

/**
 * Clients wait for the reply to what they sent, so that one that sends a file is not let far ahead of the recogniser:
 * its results come with the sound that they belong to.
 */
const MAX_BEHIND_SECONDS = 2;

export interface VoskClientOptions {
  readonly sessions: LiveSessions;
  readonly socket: MessageSocket<VoskReply>;
  /** Of whoever connected; null for somebody without an account. */
  readonly accountId: string | null;
}

/**
 * A client of the Vosk server: each message of sound is answered once, by the words of the next utterance that has
 * ended, or else by what is provisional. Errors have no form in this protocol: the connection is closed with the code of
 * the live protocol that names them.
 */
export class VoskClient {
  readonly #socket: MessageSocket<VoskReply>;
  readonly #client: PacedClient;
  readonly #config: VoskConfig = {};
  /** Of utterances that have ended, to be told. */
  #results: (readonly Word[])[] = [];
  #partial = '';

  constructor({ sessions, socket, accountId }: VoskClientOptions) {
    this.#socket = socket;
    this.#client = new PacedClient({
      sessions,
      socket,
      accountId,
      maxBehindSeconds: MAX_BEHIND_SECONDS,
      maxMessageBytes: MAX_MESSAGE_BYTES,
      onMessage: (message) => this.#told(message),
    });
  }

  /** Sound, or text with a wish. */
  message(bytes: Buffer, isBinary: boolean): void {
    this.#client.receive(bytes.length, () => (isBinary ? this.#sound(bytes) : this.#wish(bytes.toString())));
  }

  /** The socket is closed. */
  closed(): void {
    this.#client.closed();
  }

  async #sound(bytes: Uint8Array): Promise<void> {
    if (this.#client.sampleRateHz === undefined) {
      await this.#client.begin({
        sampleRateHz: this.#config.sample_rate ?? DEFAULT_RATE_HZ,
        language: 'sv',
        vocabulary: this.#vocabulary(),
        prompt: '',
        pauseSeconds: LIVE_LIMITS.pauseSeconds.default,
      });
    }
    await this.#client.sound(bytes);
    const words = this.#results.shift();
    this.#socket.send(words ? this.#result(words) : { partial: this.#partial });
  }

  async #wish(text: string): Promise<void> {
    const wish = parseWish(text);
    if ('config' in wish) return this.#configure(wish.config);
    const hasBegun = this.#client.sampleRateHz !== undefined;
    if ('reset' in wish) {
      if (hasBegun) await this.#client.finalize();
      this.#sendRest();
    } else if (hasBegun) {
      await this.#client.stop();
    } else {
      this.#sendRest();
      this.#socket.close('done');
    }
  }

  async #configure(config: VoskConfig): Promise<void> {
    const rateHz = this.#client.sampleRateHz;
    if (rateHz !== undefined && config.sample_rate !== undefined && config.sample_rate !== rateHz) {
      throw new AppError('REQUEST_INVALID', 'the rate cannot change once sound has come', {
        expected: `${rateHz} Hz`,
        got: `${config.sample_rate} Hz`,
      });
    }
    Object.assign(this.#config, config);
    if (rateHz !== undefined && config.phrase_list) await this.#client.configure({ vocabulary: this.#vocabulary() });
  }

  #vocabulary(): VocabularyTerm[] {
    const phrases = (this.#config.phrase_list ?? []).filter((phrase) => phrase !== UNKNOWN_WORD);
    return phrases.filter((phrase) => phrase.trim() !== '').map((term) => ({ term }));
  }

  #told(message: LiveServerMessage): void {
    switch (message.type) {
      case 'partial':
        this.#partial = [message.stable, message.tail].filter((text) => text !== '').join(' ');
        return;
      case 'committed':
        this.#partial = '';
        if (message.words.length > 0) this.#results.push(message.words);
        return;
      case 'done':
        this.#sendRest();
        return;
      case 'ready':
      case 'ack':
      case 'voice':
      case 'lag':
      case 'finalized':
      case 'pong':
      // Told by the code that the connection is closed with.
      case 'error':
        return;
      default:
        message satisfies never;
    }
  }

  #sendRest(): void {
    this.#socket.send(this.#result(this.#results.splice(0).flat()));
  }

  #result(words: readonly Word[]): VoskReply {
    const { words: hasWords = true, max_alternatives: alternatives = 0 } = this.#config;
    return resultReply(words, { hasWords, hasAlternatives: alternatives > 0 });
  }
}

/** @throws AppError REQUEST_INVALID */
function parseWish(text: string) {
  try {
    return VoskClientMessage.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError('REQUEST_INVALID', 'the message is not usable', {
      expected: 'sound, or JSON with "config", "eof" or "reset"',
      got: `${text.length} characters of something else`,
      cause,
    });
  }
}
