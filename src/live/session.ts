import { SPEECH_RATE_HZ } from '../audio/pcm.ts';
import { AppError } from '../contracts/errors.ts';
import type { LiveSpeech } from '../contracts/live-speech.ts';
import type { Vocabulary } from '../contracts/vocabulary.ts';
import { Audience } from './audience.ts';
import { Backlog } from './backlog.ts';
import { Commits } from './commits.ts';
import { Drafts } from './drafts.ts';
import type { Frame } from './frames.ts';
import { Hearing } from './hearing.ts';
import { Intake } from './intake.ts';
import type { SessionJournal } from './journal.ts';
import type { CommittedRecord, ControlMessage, OpenedRecord } from './journal-records.ts';
import type { LiveLink } from './link.ts';
import type { LiveMeter } from './meter.ts';
import type { Recovered, SessionInput } from './recovery.ts';
import type { LiveSettings } from './settings.ts';
import { LiveSound } from './sound.ts';
import { storedVoice } from './stored-voice.ts';

export interface SessionParts {
  readonly sessionId: string;
  readonly speech: LiveSpeech;
  /** The terms that its clinic has at the moment. */
  readonly clinicVocabulary: () => Vocabulary;
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
 * One dictation. What comes in (frames and wishes, in order) goes through the intake to the journal and to the hearing;
 * utterances that have ended go to the commits; what comes out goes to whoever is connected. It lives on without a
 * connection.
 */
export class LiveSession {
  readonly opened: OpenedRecord;
  readonly #parts: Omit<SessionParts, 'recovered'>;
  readonly #intake: Intake;
  readonly #sound: LiveSound;
  readonly #hearing: Hearing;
  readonly #drafts: Drafts;
  readonly #commits: Commits;
  readonly #backlog: Backlog;
  readonly #committed: CommittedRecord[];
  readonly #audience: Audience;
  readonly #closing = new AbortController();
  #isDone: boolean;
  #ackTimer: NodeJS.Timeout | undefined;

  constructor({ recovered, ...parts }: SessionParts) {
    const { speech, clinicVocabulary, journal, settings, meter, checkRoom } = parts;
    const { maxSessionSeconds, maxBehindSeconds } = settings;
    const { language, sampleRateHz, pauseSeconds, vocabulary, prompt } = recovered.opened;
    const retry = { retryDelaysMs: settings.retryDelaysMs, signal: this.#closing.signal };
    this.#parts = parts;
    this.#audience = new Audience(meter);
    this.opened = recovered.opened;
    this.#committed = [...recovered.committed];
    this.#intake = new Intake({ journal, recovered, maxSessionSeconds, checkRoom });
    this.#isDone = recovered.isDone;
    this.#sound = new LiveSound(sampleRateHz, recovered.fromSecond);
    this.#drafts = new Drafts({
      speech,
      owner: this,
      sound: this.#sound,
      language,
      clinicVocabulary,
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
      clinicVocabulary,
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
      hints: { vocabulary, prompt },
      retry,
      events: {
        spoke: (speaking, atSample) =>
          this.#audience.tell({ type: 'voice', speaking, atSeconds: atSample / SPEECH_RATE_HZ }),
        ended: (utterance, voice) => {
          const foreseen = this.#drafts.end(utterance);
          const samples = this.#sound.read(utterance.startSample, utterance.endSample);
          this.#commits.add({ utterance, samples, voice, foreseen, endedAtMs: performance.now() });
          this.#guard(this.#commits.work());
        },
        reached: (control) => {
          this.#commits.add({ control });
          this.#guard(this.#commits.work());
        },
        quiet: (window, voice) => {
          // Before an utterance is committed, nothing after it may count as settled.
          if (this.#commits.waitingCount === 0) journal.append({ kind: 'quiet', window, voice: storedVoice(voice) });
        },
        progressed: () => this.#progressed(),
      },
    });
    const waiting = { sound: this.#sound, hearing: this.#hearing, commits: this.#commits, journal };
    this.#backlog = new Backlog({ ...waiting, maxBehindSeconds });
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
    link.send({ type: 'ready', sessionId, token, resumeFrom: this.#intake.nextSeq, pauseSeconds });
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

  /** The next frame; one that came before is passed over. @throws AppError as Intake.frame */
  frame(frame: Frame): void {
    if (!this.#intake.frame(frame)) return;
    this.#take({ frame });
    this.#acknowledgeSoon();
    this.#guard(this.#hearing.hear());
    this.#holdIfBehind();
  }

  /** A wish of the client, after all frames so far. @throws AppError as Intake.control */
  control(control: ControlMessage): void {
    const taken = this.#intake.control(control);
    if (taken === 'reached' && control.type === 'finalize') this.#tellFinalized(control.id);
    if (taken !== 'taken') return;
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
    if (input.control.type === 'stop') this.#sound.end();
    this.#hearing.mark(input.control);
  }

  #acknowledgeSoon(): void {
    this.#ackTimer ??= setTimeout(() => {
      this.#ackTimer = undefined;
      const seq = this.#intake.nextSeq - 1;
      const stored = this.#parts.journal.sync().then(() => {
        this.#audience.tell({ type: 'ack', seq });
        this.#tellBacklog();
      });
      this.#guard(stored);
    }, this.#parts.settings.syncEveryMs);
  }

  #progressed(): void {
    this.#sound.forget(this.#hearing.neededSample);
    const { open } = this.#hearing;
    if (this.#audience.isThere && open && this.#backlog.isCurrent) {
      const utteranceId = this.#committed.length + this.#commits.utteranceCount;
      this.#drafts.consider(utteranceId, open, this.#hearing.foreseen);
    }
    this.#tellBacklog();
  }

  #committedAnother(record: CommittedRecord): void {
    this.#committed.push(record);
    this.#audience.tellCommitted(this.#committed.length - 1, record);
    this.#tellBacklog();
  }

  async #reached(control: ControlMessage): Promise<void> {
    if (control.type === 'finalize') {
      this.#intake.reached(control);
      this.#tellFinalized(control.id);
    }
    if (control.type !== 'stop') return;
    this.#parts.journal.append({ kind: 'done' });
    await this.#parts.journal.sync();
    this.#isDone = true;
    this.#audience.tellDone(this.#committed.length);
    this.#parts.onDone();
  }

  #tellFinalized(id: number): void {
    this.#audience.tell({ type: 'finalized', id });
  }

  #tellBacklog(): void {
    this.#audience.tellLag(this.#backlog.lagSeconds);
    this.#holdIfBehind();
  }

  /** Reading goes on when half of what waits has been worked off. */
  #holdIfBehind(): void {
    const { share } = this.#backlog;
    if (share >= 1) this.#audience.hold(true);
    else if (share < 0.5) this.#audience.hold(false);
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
