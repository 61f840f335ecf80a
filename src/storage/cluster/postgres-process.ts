import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { PostgresBinaries } from './binaries.ts';
import { type ClusterFolder, lastLine } from './cluster-folder.ts';

/** A fast shutdown rolls back what is under way and writes a checkpoint. */
const FAST_SHUTDOWN_MS = 15_000;
/** An immediate one only ends its processes; the next start recovers. */
const IMMEDIATE_SHUTDOWN_MS = 5_000;
const MAX_STDERR_CHARACTERS = 10_000;

/** Further `-c` settings, as name and value; for tests, which do not need durability. */
export type PostgresSettings = Readonly<Record<string, string>>;

const SETTINGS: PostgresSettings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  timezone: 'UTC',
  // Nothing a patient or clinician said may reach the log: no errors of statements, and no details of what is logged.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  logging_collector: 'on',
  log_directory: '../log',
  log_filename: 'postgresql-%a.log',
  log_rotation_age: '1d',
  log_truncate_on_rotation: 'on',
  // Compiling a query costs more than our short ones take.
  jit: 'off',
  random_page_cost: '1.1',
};

/** One run of the server's process. */
export class PostgresProcess {
  readonly #child: ChildProcess;
  #stderr = '';
  /** Resolves when the process has ended, with what it said last. */
  readonly ended: Promise<string>;

  constructor({ postgres }: PostgresBinaries, folder: ClusterFolder, settings: PostgresSettings) {
    const all = { ...SETTINGS, unix_socket_directories: folder.path, ...settings };
    const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    this.#child = spawn(postgres, ['-D', folder.cluster, ...options], {
      ...folder.user,
      cwd: folder.path,
      env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
      stdio: ['ignore', 'ignore', 'pipe'],
      // In a group of its own: Ctrl-C in a terminal is for us to pass on, when requests under way have ended.
      detached: true,
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-MAX_STDERR_CHARACTERS);
    });
    this.ended = new Promise((resolve) => {
      this.#child.once('error', (error) => resolve(error.message));
      this.#child.once('close', () => resolve(lastLine(this.#stderr)));
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && this.#child.pid !== undefined;
  }

  /** Ends the process: gently, then less so. Resolves when it has ended. */
  async stop(): Promise<void> {
    for (const [signal, patienceMs] of [
      ['SIGINT', FAST_SHUTDOWN_MS],
      ['SIGQUIT', IMMEDIATE_SHUTDOWN_MS],
      ['SIGKILL', IMMEDIATE_SHUTDOWN_MS],
    ] as const) {
      if (!this.isRunning) return;
      this.#child.kill(signal);
      await once(this.#child, 'exit', { signal: AbortSignal.timeout(patienceMs) }).catch(() => undefined);
    }
  }
}
