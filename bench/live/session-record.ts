import type { LiveServerMessage } from '../../src/contracts/live.ts';

type Message<Type extends LiveServerMessage['type']> = Extract<LiveServerMessage, { type: Type }>;

/** Times are the client's, in seconds since the first sample was spoken. */
export interface Told<What> {
  readonly atSeconds: number;
  readonly message: What;
}

export type CommittedMessage = Message<'committed'>;

/** How a lost connection was made up for. */
export interface Resumption {
  readonly lostSeconds: number;
  /** The attempt that succeeded began, the server was ready, and it had stored all that was spoken meanwhile. */
  readonly connectSeconds: number;
  readonly readySeconds: number;
  readonly caughtUpSeconds: number;
}

/** What one session was told. */
export interface SessionRecord {
  readonly partials: readonly Told<Message<'partial'>>[];
  readonly committed: readonly Told<CommittedMessage>[];
  /** The end of an utterance was declared. */
  readonly silences: readonly Told<Message<'voice'>>[];
  /** When each `finalize` was sent first, by the frame it came after. */
  readonly finalizes: ReadonlyMap<number, number>;
  readonly resumptions: readonly Resumption[];
}

/** Writes down what a session is told and when, and sees to it that nothing is told twice or left out. */
export class SessionRecorder {
  readonly #nowSeconds: () => number;
  readonly #partials: Told<Message<'partial'>>[] = [];
  readonly #committed: Told<CommittedMessage>[] = [];
  readonly #silences: Told<Message<'voice'>>[] = [];
  readonly #finalizes = new Map<number, number>();
  readonly #resumptions: Resumption[] = [];
  #interruption: { lostSeconds: number; connectSeconds: number; readySeconds?: number } | undefined;

  constructor(nowSeconds: () => number) {
    this.#nowSeconds = nowSeconds;
  }

  get committedCount(): number {
    return this.#committed.length;
  }

  get record(): SessionRecord {
    return {
      partials: this.#partials,
      committed: this.#committed,
      silences: this.#silences,
      finalizes: this.#finalizes,
      resumptions: this.#resumptions,
    };
  }

  /** @throws Error when a committed message is not the next one */
  received(message: LiveServerMessage): void {
    const atSeconds = this.#nowSeconds();
    if (message.type === 'partial') this.#partials.push({ atSeconds, message });
    if (message.type === 'voice' && !message.speaking) this.#silences.push({ atSeconds, message });
    if (message.type === 'committed') {
      this.#expectCommitted(message.index);
      this.#committed.push({ atSeconds, message });
    }
    if (message.type === 'done') this.#expectCommitted(message.committedCount);
    if (message.type === 'ready' && this.#interruption) this.#interruption.readySeconds = atSeconds;
  }

  finalizing(afterFrame: number): void {
    if (!this.#finalizes.has(afterFrame)) this.#finalizes.set(afterFrame, this.#nowSeconds());
  }

  /** One that is lost before it was of use goes on being the same interruption. */
  lost(): void {
    const atSeconds = this.#nowSeconds();
    this.#interruption ??= { lostSeconds: atSeconds, connectSeconds: atSeconds };
    delete this.#interruption.readySeconds;
  }

  connecting(): void {
    if (this.#interruption) this.#interruption.connectSeconds = this.#nowSeconds();
  }

  /** All sound spoken so far is stored. */
  caughtUp(): void {
    if (this.#interruption?.readySeconds === undefined) return;
    const { lostSeconds, connectSeconds, readySeconds } = this.#interruption;
    this.#resumptions.push({ lostSeconds, connectSeconds, readySeconds, caughtUpSeconds: this.#nowSeconds() });
    this.#interruption = undefined;
  }

  #expectCommitted(index: number): void {
    if (index === this.#committed.length) return;
    throw new Error(`expected committed message ${this.#committed.length}; got ${index}`);
  }
}
