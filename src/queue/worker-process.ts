import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type WorkerReport, WorkerReport as WorkerReportSchema, type WorkerSettings } from './worker-messages.ts';

const FIRST_RESTART_MS = 200;
const LONGEST_RESTART_MS = 10_000;
/** One that has lived so long has not failed by what it was started with. */
const SETTLED_AFTER_MS = 30_000;
/** Workers tell that they are alive far oftener; one that does not hangs. */
const SILENCE_MS = 30_000;
/** It ends the jobs at hand within this, or leaves them to another. */
const STOP_MS = 12_000;
const HEAP_MEGABYTES = 256;

/** How a process ended. */
export interface WorkerDeath {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

export interface WorkerProcessOptions {
  /** Path of the script. */
  readonly script: string;
  readonly settings: WorkerSettings;
  readonly onReport: (report: WorkerReport) => void;
  /** It ended without being asked to, and starts again. */
  readonly onDeath: (death: WorkerDeath) => void;
}

/** A worker process that is started again, later each time, whenever it ends; one that hangs is killed. */
export class WorkerProcess {
  readonly #options: WorkerProcessOptions;
  #child: ChildProcess | undefined;
  #silence: NodeJS.Timeout | undefined;
  #restart: NodeJS.Timeout | undefined;
  #deathsInARow = 0;
  #isClosed = false;

  constructor(options: WorkerProcessOptions) {
    this.#options = options;
    this.#start();
  }

  /** Undefined between its lives. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Lets it finish the jobs at hand. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#restart);
    const child = this.#child;
    if (child === undefined) return;
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(deadline);
  }

  #start(): void {
    const { script, settings, onReport, onDeath } = this.#options;
    const startedMs = performance.now();
    const child = fork(script, [], {
      execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`],
      // What it is to know comes as a message: others can read a process's arguments.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    this.#expectSign(child);
    child.on('message', (message) => {
      this.#expectSign(child);
      const report = WorkerReportSchema.parse(message);
      if (report.kind !== 'alive') onReport(report);
    });
    // A process that could not be started tells so by this alone.
    child.on('error', () => undefined);
    child.send(settings, () => undefined);
    child.once('close', (exitCode, signal) => {
      clearTimeout(this.#silence);
      this.#child = undefined;
      if (this.#isClosed) return;
      if (performance.now() - startedMs > SETTLED_AFTER_MS) this.#deathsInARow = 0;
      const restartMs = Math.min(FIRST_RESTART_MS * 2 ** Math.min(this.#deathsInARow++, 10), LONGEST_RESTART_MS);
      onDeath({ exitCode, signal });
      this.#restart = setTimeout(() => this.#start(), restartMs);
    });
  }

  #expectSign(child: ChildProcess): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => child.kill('SIGKILL'), SILENCE_MS);
  }
}
