import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A part of the server in a process of its own, which kills itself where its settings say. */
export class MortalProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown[]>;

  /** @param script takes its settings by its first message */
  constructor(script: string, settings: object) {
    this.#child = fork(script, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#exited = once(this.#child, 'exit');
    this.#child.send(settings);
  }

  /** What it tells next; undefined where it ends before. */
  async told(): Promise<unknown> {
    const ended = this.#exited.then(() => [undefined]);
    return (await Promise.race([once(this.#child, 'message'), ended]))[0];
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The signal that ended it. */
  async died(): Promise<string | null> {
    const [, signal] = await this.#exited;
    return signal as string | null;
  }

  async end(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }
}
