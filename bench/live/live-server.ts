import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { PROJECT_DIRECTORY } from '../../src/config.ts';

const READY_TIMEOUT_MS = 120_000;
const READY_POLL_MS = 20;
const STOP_TIMEOUT_MS = 30_000;
const HEALTH_TIMEOUT_MS = 2_000;
/** A session that nobody comes back for counts for another minute. */
const MAX_SESSIONS = 128;
const KIB = 1024;
/** Linux counts a process's time in these, whatever its clock. */
const TICKS_PER_SECOND = 100;

/** What the server's process has used. */
export interface ServerUse {
  readonly memoryBytes: number;
  readonly cpuSeconds: number;
  /** Of the thread that serves connections, which recognises nothing. */
  readonly servingThreadSeconds: number;
}

export interface LiveServerOptions {
  readonly dataDirectory: string;
  readonly workers: number;
}

/** The real server in a process of its own. */
export class LiveServer {
  readonly #options: LiveServerOptions;
  readonly #child: ChildProcess;
  #port = 0;

  private constructor(options: LiveServerOptions) {
    this.#options = options;
    this.#child = spawn(process.execPath, [join(PROJECT_DIRECTORY, 'src', 'main.ts'), '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        TALTID_DATA: options.dataDirectory,
        TALTID_WORKERS: String(options.workers),
        TALTID_LIVE_SESSIONS: String(MAX_SESSIONS),
        TALTID_LOG_LEVEL: 'info',
      },
    });
  }

  /** Starts a server and waits until its models are loaded. @throws Error when it is not ready within two minutes */
  static async start(options: LiveServerOptions): Promise<LiveServer> {
    const server = new LiveServer(options);
    const tooLate = setTimeout(() => server.kill(), READY_TIMEOUT_MS);
    try {
      server.#port = await server.#listeningPort();
      while (!(await server.#isReady())) await delay(READY_POLL_MS);
    } catch (cause) {
      await server.kill();
      throw new Error(`expected the server ready within ${READY_TIMEOUT_MS / 1000} s; it is not`, { cause });
    } finally {
      clearTimeout(tooLate);
    }
    return server;
  }

  get address(): string {
    return `ws://127.0.0.1:${this.#port}/api/live`;
  }

  /** Undefined where the system does not tell. */
  use(): ServerUse | undefined {
    if (process.platform !== 'linux') return undefined;
    const { pid } = this.#child;
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const threads = readdirSync(`/proc/${pid}/task`).map((thread) => ({
      thread,
      seconds: cpuSecondsOf(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')),
    }));
    return {
      memoryBytes: Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * KIB,
      cpuSeconds: cpuSecondsOf(readFileSync(`/proc/${pid}/stat`, 'utf8')),
      servingThreadSeconds: threads.find(({ thread }) => thread === String(pid))?.seconds ?? Number.NaN,
    };
  }

  /** Ends it without a warning; its journals stay. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill(signal);
    await exited;
  }

  /** Ends it for good, and removes what was dictated. */
  async [Symbol.asyncDispose](): Promise<void> {
    const tooLate = setTimeout(() => this.kill(), STOP_TIMEOUT_MS);
    // What it started itself ends with it only when it is asked to.
    await this.#end('SIGTERM');
    clearTimeout(tooLate);
    await rm(join(this.#options.dataDirectory, 'live'), { recursive: true, force: true });
  }

  /** Its log is read to the end, so that it is never held up by a full pipe. */
  #listeningPort(): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const lines = createInterface({ input: this.#child.stdout! });
    lines.on('line', (line) => {
      const [, port] = /http:\/\/127\.0\.0\.1:(\d+)/.exec(line) ?? [];
      if (port !== undefined) resolve(Number(port));
    });
    lines.on('close', () => reject(new Error('expected the server to say where it listens; its log ended')));
    this.#child.on('error', reject);
    return promise;
  }

  async #isReady(): Promise<boolean> {
    const signal = AbortSignal.timeout(HEALTH_TIMEOUT_MS);
    return (await fetch(`http://127.0.0.1:${this.#port}/health`, { signal })).ok;
  }
}

/** User and system time: the 14th and 15th field, counted from behind the name, which may hold anything. */
function cpuSecondsOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
