import type { z } from 'zod';
import { AppError } from '../contracts/errors.ts';
import {
  LIVE_LIMITS,
  LiveClientMessage,
  type LiveCloseName,
  type LiveServerMessage,
  type StartMessage,
} from '../contracts/live.ts';
import { Allowance } from './allowance.ts';
import { closeName } from './close-names.ts';
import { type Frame, LARGEST_FRAME_BYTES, parseFrame, sampleCount } from './frames.ts';
import type { LiveLink, LiveSocket } from './link.ts';
import type { LiveSession } from './session.ts';
import type { LiveSettings } from './settings.ts';

/** How often it is looked whether a slow reader has caught up. */
const UNREAD_CHECKS = 20;

export type Start = z.infer<typeof StartMessage>;

export interface ConnectionParts {
  readonly socket: LiveSocket;
  readonly settings: LiveSettings;
  /** Finds or makes the session and attaches this connection to it. @throws AppError */
  readonly begin: (start: Start, link: LiveLink) => Promise<LiveSession>;
  /** The session has no connection any more; none when it never had one. */
  readonly onClosed: (session: LiveSession | undefined, error: AppError | undefined) => void;
}

/**
 * One client's connection: first `start`, then frames and messages for its session. What goes against the protocol or a
 * limit is told with its code, and closes this connection only; its session can be taken up again.
 */
export class LiveConnection implements LiveLink {
  readonly #parts: ConnectionParts;
  readonly #messages: Allowance;
  readonly #sound: Allowance;
  /** Why the client is not read at the moment. */
  readonly #holds = new Set<'starting' | 'behind' | 'fast' | 'unread'>();
  /** What came while the session was being made ready. */
  readonly #early: { readonly act: () => void; readonly bytes: number }[] = [];
  #session: LiveSession | undefined;
  #isStarted = false;
  #isOpen = true;
  #idleTimer: NodeJS.Timeout;
  #fastTimer: NodeJS.Timeout | undefined;
  #unreadTimer: NodeJS.Timeout | undefined;

  constructor(parts: ConnectionParts) {
    const { settings } = parts;
    this.#parts = parts;
    this.#messages = new Allowance(settings.messageBurst, settings.messagesPerSecond);
    this.#sound = new Allowance(settings.soundBurstSeconds, settings.soundSecondsPerSecond);
    this.#idleTimer = setTimeout(() => this.#tooIdle(settings.startMs), settings.startMs);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get #isUnread(): boolean {
    const { socket, settings } = this.#parts;
    return socket.bufferedBytes > settings.maxUnreadBytes;
  }

  /** A JSON message came. */
  text(text: string): void {
    const bytes = Buffer.byteLength(text);
    this.receive(bytes, LIVE_LIMITS.messageBytes, () => this.message(parseMessage(text)));
  }

  /** A frame came. */
  binary(bytes: Uint8Array): void {
    this.receive(bytes.length, LARGEST_FRAME_BYTES, () => {
      const { sampleRateHz } = this.#requireSession('a frame').opened;
      this.frame(parseFrame(bytes, sampleRateHz));
    });
  }

  /** Something came that `act` deals with: it is counted, and what `act` throws ends the connection. */
  receive(bytes: number, limitBytes: number, act: () => void): void {
    if (!this.#isOpen) return;
    this.#idleTimer.refresh();
    this.#attempt(() => {
      if (bytes > limitBytes) throw tooLarge(bytes, limitBytes);
      if (this.#messages.take(1) > 0) throw tooFast();
      if (this.#isUnread) this.#waitForReader();
      if (!this.#holds.has('starting')) return act();
      // The socket is not read while the session is made ready; this had come before.
      this.#early.push({ act, bytes });
      if (this.#early.reduce((sum, early) => sum + early.bytes, 0) > 4 * LARGEST_FRAME_BYTES) throw tooFast();
    });
  }

  /** What the client wishes. @throws AppError as LiveSession.control */
  message(message: LiveClientMessage): void {
    if (message.type === 'start') {
      if (this.#isStarted) throw unexpected('one `start`', 'another');
      this.#isStarted = true;
      void this.#start(message);
      return;
    }
    const session = this.#requireSession(message.type);
    if (message.type === 'ping') this.send({ type: 'pong', id: message.id });
    else session.control(message);
  }

  /** The client's next sound. @throws AppError as LiveSession.frame */
  frame(frame: Frame): void {
    const session = this.#requireSession('a frame');
    session.frame(frame);
    const waitMs = this.#sound.take(sampleCount(frame.samples) / session.opened.sampleRateHz);
    if (waitMs === 0 || this.#holds.has('fast')) return;
    this.#hold('fast', true);
    this.#fastTimer = setTimeout(() => this.#hold('fast', false), waitMs);
  }

  /** The socket is closed, by whomever. */
  closed(): void {
    this.#end(undefined);
  }

  send(message: LiveServerMessage): void {
    if (!this.#isOpen) return;
    const isUnread = this.#isUnread;
    // What a later one replaces need not wait for a client that does not read.
    if (isUnread && (message.type === 'partial' || message.type === 'lag')) return;
    this.#parts.socket.send(message);
    if (isUnread) this.#waitForReader();
  }

  close(name: LiveCloseName): void {
    if (this.#isOpen) this.#parts.socket.close(name);
    this.#end(undefined);
  }

  refuse(error: AppError): void {
    if (!this.#isOpen) return;
    const { code, retryable } = error;
    const message = code === 'INTERNAL' ? 'the server failed on this session; its log says why' : error.message;
    this.#parts.socket.send({ type: 'error', code, message, retryable });
    this.#parts.socket.close(closeName(code));
    this.#end(error);
  }

  hold(isBehind: boolean): void {
    this.#hold('behind', isBehind);
  }

  async #start(message: Start): Promise<void> {
    const { begin, settings } = this.#parts;
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => this.#tooIdle(settings.idleMs), settings.idleMs);
    this.#hold('starting', true);
    try {
      const session = await begin(message, this);
      this.#session = session;
      // Lost meanwhile: nobody else tells the session.
      if (!this.#isOpen) this.#parts.onClosed(session, undefined);
    } catch (thrown) {
      this.refuse(AppError.from(thrown));
    }
    for (const { act } of this.#early.splice(0)) this.#attempt(act);
    this.#hold('starting', false);
  }

  #requireSession(got: string): LiveSession {
    if (this.#session) return this.#session;
    throw unexpected('`start` as the first message', got);
  }

  #attempt(act: () => void): void {
    if (!this.#isOpen) return;
    try {
      act();
    } catch (thrown) {
      this.refuse(AppError.from(thrown));
    }
  }

  #hold(reason: 'starting' | 'behind' | 'fast' | 'unread', isOn: boolean): void {
    if (!this.#isOpen || this.#holds.has(reason) === isOn) return;
    const wasHeld = this.#holds.size > 0;
    if (isOn) this.#holds.add(reason);
    else this.#holds.delete(reason);
    const isHeld = this.#holds.size > 0;
    if (isHeld === wasHeld) return;
    // A client that is not read cannot show that it is there.
    this.#idleTimer.refresh();
    if (isHeld) this.#parts.socket.pause();
    else this.#parts.socket.resume();
  }

  /** Not reading a client that does not read keeps it from asking for more; after a while it is given up. */
  #waitForReader(): void {
    if (this.#unreadTimer) return;
    const { socket, settings } = this.#parts;
    this.#hold('unread', true);
    let checksLeft = UNREAD_CHECKS;
    this.#unreadTimer = setInterval(() => {
      const isUnread = this.#isUnread;
      if (isUnread && --checksLeft > 0) return;
      clearInterval(this.#unreadTimer);
      this.#unreadTimer = undefined;
      if (isUnread) this.refuse(tooSlow(settings.maxUnreadBytes, socket.bufferedBytes));
      else this.#hold('unread', false);
    }, settings.slowReaderMs / UNREAD_CHECKS);
  }

  #tooIdle(limitMs: number): void {
    if (this.#holds.size > 0) {
      this.#idleTimer.refresh();
      return;
    }
    const expected = `a message or frame every ${limitMs / 1000} s`;
    this.refuse(new AppError('LIVE_IDLE', 'the client is silent', { retryable: true, expected, got: 'none' }));
  }

  #end(error: AppError | undefined): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    // Else the other side's goodbye would not be heard.
    if (this.#holds.size > 0) this.#parts.socket.resume();
    clearTimeout(this.#idleTimer);
    clearTimeout(this.#fastTimer);
    clearInterval(this.#unreadTimer);
    this.#parts.onClosed(this.#session, error);
  }
}

function parseMessage(text: string): LiveClientMessage {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new AppError('REQUEST_INVALID', 'the message is not usable', { expected: 'JSON', got: 'something else' });
  }
  const parsed = LiveClientMessage.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError('REQUEST_INVALID', `the message is not usable: ${issue?.path.join('.') || 'as a whole'}`, {
    expected: issue?.message ?? 'a message of the protocol',
  });
}

function unexpected(expected: string, got: string): AppError {
  return new AppError('REQUEST_INVALID', 'this message does not belong here', { expected, got });
}

function tooLarge(bytes: number, limitBytes: number): AppError {
  const details = { expected: `at most ${limitBytes} bytes`, got: `${bytes} bytes` };
  return new AppError('REQUEST_TOO_LARGE', 'the message is too large', details);
}

function tooFast(): AppError {
  return new AppError('LIVE_TOO_FAST', 'too many messages in too short a time', { retryable: true });
}

function tooSlow(limitBytes: number, bytes: number): AppError {
  return new AppError('LIVE_TOO_SLOW', 'the client does not read what it is sent', {
    retryable: true,
    expected: `at most ${limitBytes} bytes unread`,
    got: `${bytes} bytes`,
  });
}
