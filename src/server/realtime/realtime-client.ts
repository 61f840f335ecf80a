import { randomUUID } from 'node:crypto';
import { AppError } from '../../contracts/errors.ts';
import type { LiveServerMessage } from '../../contracts/live.ts';
import {
  REALTIME_FORMATS,
  REALTIME_LIMITS,
  type RealtimeClientEvent,
  type RealtimeErrorBody,
  type RealtimeServerEvent,
} from '../../contracts/realtime.ts';
import type { MessageSocket } from '../../live/link.ts';
import { PacedClient } from '../../live/paced-client.ts';
import type { LiveSessions } from '../../live/sessions.ts';
import { errorAnswer, openAiErrorBody } from '../error-answers.ts';
import { decodeAudio, eventIdOf, parseEvent, parseJson } from './client-events.ts';
import { RealtimeFault } from './fault.ts';
import { Items } from './items.ts';
import {
  changedSettings,
  initialSettings,
  type RealtimeSettings,
  sessionBody,
  sessionWishes,
} from './session-settings.ts';

/** An event may hold minutes of sound: no more than this of it lies about as samples. */
const MAX_BEHIND_SECONDS = 30;

export interface RealtimeClientOptions {
  readonly sessions: LiveSessions;
  readonly socket: MessageSocket<RealtimeServerEvent & { readonly event_id: string }>;
  /** Of whoever connected; null for somebody without an account. */
  readonly accountId: string | null;
  /** The model that live sessions are recognised with. */
  readonly model: string;
  /** Whether the client asked for the form of before 2025-08. */
  readonly isLegacy: boolean;
  /** An event could not be dealt with; the session goes on. */
  readonly onFault: (body: RealtimeErrorBody) => void;
}

/** A client of OpenAI's Realtime API in a transcription session: its events to the session core's, and back. */
export class RealtimeClient {
  readonly #options: RealtimeClientOptions;
  readonly #sessionId = `sess_${plainId()}`;
  readonly #client: PacedClient;
  readonly #items: Items;
  #settings: RealtimeSettings;
  #isLegacy: boolean;

  constructor(options: RealtimeClientOptions) {
    const { sessions, socket, accountId, model, isLegacy } = options;
    this.#options = options;
    this.#isLegacy = isLegacy;
    this.#settings = initialSettings(model);
    this.#items = new Items(this.#itemsOptions());
    this.#client = new PacedClient({
      sessions,
      maxBehindSeconds: MAX_BEHIND_SECONDS,
      maxMessageBytes: REALTIME_LIMITS.messageBytes,
      socket,
      accountId,
      onMessage: (message) => this.#told(message),
    });
    if (!this.#client.isOver) this.#sendSession('created');
  }

  /** A message came. @param isBinary which none of the protocol is */
  message(bytes: Buffer, isBinary: boolean): void {
    this.#client.receive(bytes.length, async () => {
      let eventId: string | null = null;
      try {
        const json = parseJson(isBinary ? undefined : bytes.toString());
        eventId = eventIdOf(json);
        await this.#deal(parseEvent(json));
      } catch (thrown) {
        if (!(thrown instanceof RealtimeFault)) throw thrown;
        this.#options.onFault(thrown.body);
        this.#send({ type: 'error', error: { ...thrown.body, event_id: eventId } });
      }
    });
  }

  /** The socket is closed. */
  closed(): void {
    this.#client.closed();
  }

  async #deal(event: RealtimeClientEvent): Promise<void> {
    const { soundSeconds } = this.#client;
    switch (event.type) {
      case 'session.update':
        return this.#update(event.session);
      case 'transcription_session.update':
        this.#isLegacy = true;
        return this.#update(event.session);
      case 'input_audio_buffer.append':
        return this.#append(decodeAudio(event.audio, this.#settings.format));
      case 'input_audio_buffer.commit':
        this.#send(...this.#items.commit(soundSeconds));
        return this.#reach();
      case 'input_audio_buffer.clear':
        this.#send(...this.#items.clear(soundSeconds));
        return soundSeconds > 0 ? this.#reach() : undefined;
      default:
        return event satisfies never;
    }
  }

  async #update(wishes: Parameters<typeof changedSettings>[1]): Promise<void> {
    const hasBegun = this.#client.sampleRateHz !== undefined;
    this.#settings = changedSettings(this.#settings, wishes, { model: this.#options.model, hasBegun });
    this.#items.change(this.#itemsOptions());
    if (hasBegun) await this.#client.configure(sessionWishes(this.#settings));
    this.#sendSession('updated');
  }

  /** The session begins with its first sound, since its rate is not known before. */
  async #append(samples: Uint8Array): Promise<void> {
    const { format, language } = this.#settings;
    if (this.#client.sampleRateHz === undefined) {
      const sampleRateHz = REALTIME_FORMATS[format].rateHz;
      await this.#client.begin({ sampleRateHz, language, ...sessionWishes(this.#settings) });
    }
    await this.#client.sound(samples);
  }

  async #reach(): Promise<void> {
    await this.#client.finalize();
    this.#send(...this.#items.reached());
  }

  #told(message: LiveServerMessage): void {
    switch (message.type) {
      case 'voice':
        this.#send(...this.#items.voice(message));
        return;
      case 'committed':
        this.#send(...this.#items.words(message));
        return;
      case 'error': {
        const error = errorBody(new AppError(message.code, message.message));
        this.#send(...this.#items.failed(error), { type: 'error', error: { ...error, event_id: null } });
        return;
      }
      // Provisional text may still change, and a delta may not.
      case 'partial':
      case 'ready':
      case 'ack':
      case 'lag':
      case 'finalized':
      case 'pong':
      case 'done':
        return;
      default:
        message satisfies never;
    }
  }

  #sendSession(what: 'created' | 'updated'): void {
    const kind = this.#isLegacy ? 'transcription_session' : 'session';
    const session = sessionBody(this.#sessionId, this.#settings, this.#isLegacy);
    this.#send({ type: `${kind}.${what}`, session });
  }

  #send(...events: readonly RealtimeServerEvent[]): void {
    for (const event of events) this.#options.socket.send({ event_id: `event_${plainId()}`, ...event });
  }

  #itemsOptions() {
    const { silenceMs, logprobs } = this.#settings;
    return { isManual: silenceMs === null, logprobs, isLegacy: this.#isLegacy };
  }
}

function errorBody(error: AppError): RealtimeErrorBody {
  const body = openAiErrorBody(errorAnswer(error)).error;
  return error.code === 'LIVE_FULL' ? { ...body, code: 'too_many_sessions' } : body;
}

function plainId(): string {
  return randomUUID().replaceAll('-', '');
}
