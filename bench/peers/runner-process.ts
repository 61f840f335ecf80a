import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { Answer, Ready } from './protocol.ts';

const START_TIMEOUT_MS = 120_000;
const ANSWER_TIMEOUT_MS = 600_000;
/** The end of what a runner wrote to its error stream, shown when it fails. */
const MAX_ERROR_CHARACTERS = 600;
const KIB = 1024;

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

/** One system under test in a process of its own, with one thread. */
export class RunnerProcess {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #errors = '';
  #nextId = 0;
  /** What the runner says of itself. */
  about = '';
  /** From starting the process to a loaded model. */
  loadSeconds = 0;

  private constructor(command: Command) {
    this.#child = spawn(command.program, command.args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, OMP_NUM_THREADS: '1' },
    });
    // A program that cannot be started, or a pipe that breaks, shows as the end of its lines.
    this.#child.on('error', (error) => this.#keepErrors(String(error)));
    this.#child.stdin!.on('error', (error) => this.#keepErrors(String(error)));
    this.#child.stderr!.on('data', (bytes: Buffer) => this.#keepErrors(String(bytes)));
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  /** Starts a runner and waits for its model. @throws Error when it ends or takes more than two minutes. */
  static async start(command: Command): Promise<RunnerProcess> {
    const startMs = performance.now();
    const runner = new RunnerProcess(command);
    try {
      runner.about = Ready.parse(await runner.#message(START_TIMEOUT_MS)).ready;
    } catch (error) {
      runner.stop();
      throw error;
    }
    runner.loadSeconds = (performance.now() - startMs) / 1000;
    return runner;
  }

  /** @throws Error when the runner fails on this sound, ends, or takes more than ten minutes. */
  async recognise(samplesPath: string): Promise<{ readonly text: string; readonly seconds: number }> {
    const id = this.#nextId++;
    this.#child.stdin!.write(`${JSON.stringify({ id, samplesPath })}\n`);
    const answer = Answer.parse(await this.#message(ANSWER_TIMEOUT_MS));
    if (answer.id !== id) throw new Error(`expected an answer to request ${id}; got one to ${answer.id}`);
    if ('error' in answer) throw new Error(answer.error);
    return answer;
  }

  /** Most memory that the process ever held; undefined where the system does not tell. */
  peakMemoryBytes(): number | undefined {
    if (process.platform !== 'linux') return undefined;
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    const kib = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    return kib === undefined ? undefined : Number(kib) * KIB;
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }

  async #message(timeoutMs: number): Promise<unknown> {
    const timeout = new AbortController();
    const expired = delay(timeoutMs, 'expired' as const, { signal: timeout.signal });
    expired.catch(() => undefined);
    const line = await Promise.race([this.#lines.next(), expired]);
    timeout.abort();
    if (line === 'expired') throw new Error(`no answer within ${timeoutMs / 1000} s`);
    if (line.done) throw new Error(`the process ended: ${this.#errors.trim() || 'without a word'}`);
    return JSON.parse(line.value);
  }

  #keepErrors(text: string): void {
    this.#errors = (this.#errors + text).slice(-MAX_ERROR_CHARACTERS);
  }
}
