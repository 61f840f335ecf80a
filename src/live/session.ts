import { SPEECH_RATE_HZ } from '../audio/pcm.ts';
import { AppError } from '../contracts/errors.ts';
import type { LiveSpeech } from '../contracts/live-speech.ts';
import { Audience } from './audience.ts';
import { Commits } from './commits.ts';
import { Drafts } from './drafts.ts';
import { type Frame, sampleCount } from './frames.ts';
import { Hearing } from './hearing.ts';
import type { SessionJournal } from './journal.ts';
import type { CommittedRecord, ControlMessage, OpenedRecord } from './journal-records.ts';
import type { LiveLink } from './link.ts';
import type { LiveMeter } from './meter.ts';
import type { Recovered, SessionInput } from './recovery.ts';
import type { LiveSettings } from './settings.ts';
import { LiveSound } from './sound.ts';
import { WINDOW_SAMPLES } from './voice-window.ts';

/** Sound not heard yet beyond which drafts would come too late to be of use. */
const LATE_SECONDS = 2;
const MAX_UNWRITTEN_BYTES = 16 * 1024 * 1024;
const MAX_WAITING_COMMITS = 1000;

export interface SessionParts {
  readonly sessionId: string;
  readonly speech: LiveSpeech;
  readonly journal: SessionJournal;
  /** What the journal tells; of a new session only how it was opened. */
  readonly recovered: Recovered;
  readonly settings: LiveSettings;
  readonly meter: LiveMeter;
  /** @throws AppError LIVE_STORAGE */
  readonly checkRoom: () => void;
  /** All is committed. */
  readonly onDone: () => void;
  /** It cannot go on in this process; its journal can be taken up again. */
  readonly onFailed: (error: AppError) => void;
}

/**
 * One dictation. What comes in (frames and wishes, in order) goes to the journal and to the hearing; utterances that
 * have ended go to the commits; what comes out goes to whoever is connected. It lives on without a connection.
 */
export class LiveSession {
  readonly opened: OpenedRecord;
  readonly #parts: Omit<SessionParts, 'recovered'>;
  readonly #sound: LiveSound;
  readonly #hearing: Hearing;
  readonly #drafts: Drafts;
  readonly #commits: Commits;
  readonly #committed: CommittedRecord[];
  readonly #audience: Audience;
  readonly #closing = new AbortController();
  #nextSeq: number;
  #sampleCount: number;
  #isStopped = false;
  #isDone: boolean;
  #ackTimer: NodeJS.Timeout | undefined;

  constructor({ recovered, ...parts }: SessionParts) {
    const { speech, journal, settings, meter } = parts;
    const { language, sampleRateHz, pauseSeconds, vocabulary } = recovered.opened;
    const retry = { retryDelaysMs: settings.retryDelaysMs, signal: this.#closing.signal };
    this.#parts = parts;
    this.#audience = new Audience(meter);
    this.opened = recovered.opened;
    this.#committed = [...recovered.committed];
    this.#nextSeq = recovered.nextSeq;
    this.#sampleCount = recovered.sampleCount;
    this.#isDone = recovered.isDone;
    this.#sound = new LiveSound(sampleRateHz, recovered.fromSecond);
    this.#drafts = new Drafts({
      speech,
      owner: this,
      sound: this.#sound,
      language,
      threads: settings.threads,
      meter,
      onDraft: (utteranceId, { stable, tail }) =>
        this.#audience.tell({ type: 'partial', utteranceId, stable: stable.join(' '), tail: tail.join(' ') }),
    });
    this.#commits = new Commits({
      speech,
      owner: this,
      journal,
      language,
      retry,
      meter,
      onCommitted: (record) => this.#committedAnother(record),
      onReached: (control) => this.#reached(control),
    });
    this.#hearing = new Hearing({
      speech,
      owner: this,
      sound: this.#sound,
      start: recovered.start,
      pauseSeconds,
      vocabulary,
      retry,
      events: {
        spoke: (speaking, atSample) =>
          this.#audience.tell({ type: 'voice', speaking, atSeconds: atSample / SPEECH_RATE_HZ }),
        ended: (utterance) => {
          const foreseen = this.#drafts.end(utterance);
          const samples = this.#sound.read(utterance.startSample, utterance.endSample);
          this.#commits.add({ utterance, samples, foreseen, endedAtMs: performance.now() });
          this.#guard(this.#commits.work());
        },
        reached: (control) => {
          this.#commits.add({ control });
          this.#guard(this.#commits.work());
        },
        quiet: (window) => {
          // Before an utterance is committed, nothing after it may count as settled.
          if (this.#commits.waitingCount === 0) journal.append({ kind: 'quiet', window });
        },
        progressed: () => this.#progressed(),
      },
    });
    for (const input of recovered.inputs) this.#take(input);
  }

  /** Whether somebody is connected. */
  get isAttended(): boolean {
    return this.#audience.isThere;
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  /**
   * Connects a client, in the place of one that may be connected still. It is told what it did not get: all committed
   * messages from number `committedReceived` on.
   * @throws AppError REQUEST_INVALID, LIVE_STORAGE
   */
  async attach(link: LiveLink, token: string, committedReceived: number): Promise<void> {
    if (committedReceived > this.#committed.length) {
      throw new AppError('REQUEST_INVALID', 'more was received than was ever sent', {
        expected: `committedReceived up to ${this.#committed.length}`,
        got: `${committedReceived}`,
      });
    }
    const { sessionId, journal } = this.#parts;
    if (!(await this.#audience.attach(link, () => journal.sync()))) return;
    const { pauseSeconds } = this.#hearing;
    link.send({ type: 'ready', sessionId, token, resumeFrom: this.#nextSeq, pauseSeconds });
    for (let index = committedReceived; index < this.#committed.length; index++) {
      this.#audience.tellCommitted(index, this.#committed[index]!);
    }
    if (this.#isDone) this.#audience.tellDone(this.#committed.length);
    else this.#guard(this.#hearing.hear());
  }

  /** The connection is gone; what it brought is worked on all the same. */
  detach(link: LiveLink): void {
    this.#audience.detach(link);
  }

  /**
   * The next frame; one that came before is passed over.
   * @throws AppError REQUEST_INVALID for a gap or after the end, AUDIO_TOO_LONG, LIVE_STORAGE
   */
  frame(frame: Frame): void {
    if (frame.seq < this.#nextSeq) return;
    if (this.#isStopped || this.#isDone) throw outOfOrder('nothing after stop', `frame ${frame.seq}`);
    if (frame.seq > this.#nextSeq) throw outOfOrder(`frame ${this.#nextSeq}`, `frame ${frame.seq}`);
    this.#checkLength(frame);
    this.#parts.checkRoom();
    this.#parts.journal.append({ kind: 'frame', ...frame });
    this.#nextSeq++;
    this.#sampleCount += sampleCount(frame.samples);
    this.#take({ frame });
    this.#acknowledgeSoon();
    this.#guard(this.#hearing.hear());
    this.#holdIfBehind();
  }

  /** A wish of the client, after all frames so far. @throws AppError REQUEST_INVALID for a stop that leaves frames out */
  control(control: ControlMessage): void {
    const lastSeq = this.#nextSeq - 1;
    if (control.type === 'stop' && control.lastSeq !== lastSeq) {
      throw outOfOrder(`stop after frame ${lastSeq}`, `after ${control.lastSeq}`);
    }
    // Said once more by a client that was cut off before it heard `done`, which answers everything.
    if (this.#isStopped || this.#isDone) return;
    this.#parts.journal.append({ kind: 'control', message: control });
    this.#take({ control });
    this.#acknowledgeSoon();
    this.#guard(this.#hearing.hear());
  }

  /** Ends the work in this process; what was received is in the journal. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#drafts.end();
    clearTimeout(this.#ackTimer);
    this.#audience.detach();
    await this.#parts.journal.close();
  }

  #take(input: SessionInput): void {
    if ('frame' in input) {
      this.#sound.push(input.frame.samples);
      return;
    }
    if (input.control.type === 'stop') {
      this.#isStopped = true;
      this.#sound.end();
    }
    this.#hearing.mark(input.control);
  }

  #acknowledgeSoon(): void {
    this.#ackTimer ??= setTimeout(() => {
      this.#ackTimer = undefined;
      const seq = this.#nextSeq - 1;
      const stored = this.#parts.journal.sync().then(() => {
        this.#audience.tell({ type: 'ack', seq });
        this.#audience.tellLag(this.#lagSeconds());
        this.#holdIfBehind();
      });
      this.#guard(stored);
    }, this.#parts.settings.syncEveryMs);
  }

  #progressed(): void {
    this.#sound.forget(this.#hearing.neededSample);
    const { open } = this.#hearing;
    const unheardSeconds = (this.#sound.endSample - this.#hearing.heardSample) / SPEECH_RATE_HZ;
    const isCurrent = unheardSeconds < LATE_SECONDS && this.#commits.waitingCount <= 1;
    if (this.#audience.isThere && open && isCurrent) {
      const utteranceId = this.#committed.length + this.#commits.utteranceCount;
      this.#drafts.consider(utteranceId, open, this.#hearing.foreseen);
    }
    this.#audience.tellLag(this.#lagSeconds());
    this.#holdIfBehind();
  }

  #committedAnother(record: CommittedRecord): void {
    this.#committed.push(record);
    this.#audience.tellCommitted(this.#committed.length - 1, record);
    this.#audience.tellLag(this.#lagSeconds());
    this.#holdIfBehind();
  }

  async #reached(control: ControlMessage): Promise<void> {
    if (control.type === 'finalize') this.#audience.tell({ type: 'finalized', id: control.id });
    if (control.type !== 'stop') return;
    this.#parts.journal.append({ kind: 'done' });
    await this.#parts.journal.sync();
    this.#isDone = true;
    this.#audience.tellDone(this.#committed.length);
    this.#parts.onDone();
  }

  #lagSeconds(): number {
    const fromSample = this.#commits.firstSample ?? this.#hearing.settledSample;
    const samples = this.#sound.endSample - fromSample;
    // Less than a window cannot be heard yet.
    return samples < WINDOW_SAMPLES ? 0 : samples / SPEECH_RATE_HZ;
  }

  /** Reading goes on when half of what waits has been worked off. */
  #holdIfBehind(): void {
    const { settings, journal } = this.#parts;
    // What was heard of an utterance that goes on lags, but does not wait for the recogniser.
    const waitingSamples = this.#sound.endSample - (this.#commits.firstSample ?? this.#hearing.heardSample);
    const share = Math.max(
      waitingSamples / SPEECH_RATE_HZ / settings.maxBehindSeconds,
      journal.unwrittenBytes / MAX_UNWRITTEN_BYTES,
      this.#commits.waitingCount / MAX_WAITING_COMMITS,
    );
    if (share >= 1) this.#audience.hold(true);
    else if (share < 0.5) this.#audience.hold(false);
  }

  #checkLength(frame: Frame): void {
    const { maxSessionSeconds } = this.#parts.settings;
    const seconds = (this.#sampleCount + sampleCount(frame.samples)) / this.opened.sampleRateHz;
    if (seconds <= maxSessionSeconds) return;
    throw new AppError('AUDIO_TOO_LONG', 'the session is too long: stop it and begin another', {
      expected: `at most ${maxSessionSeconds} s`,
      got: `${Math.ceil(seconds)} s`,
    });
  }

  #guard(work: Promise<void>): void {
    work.catch((thrown: unknown) => {
      if (this.#closing.signal.aborted) return;
      const error = AppError.from(thrown);
      this.#audience.refuse(error);
      this.#parts.onFailed(error);
    });
  }
}

function outOfOrder(expected: string, got: string): AppError {
  return new AppError('REQUEST_INVALID', 'this is out of order', { expected, got });
}
