import type { LiveServer } from './live-server.ts';

const EVERY_MS = 1_000;

/** What was used over a stretch of time, in cores where it is time. */
export interface Use {
  readonly memoryBytes: number;
  readonly serverCores: number;
  readonly servingThreadCores: number;
  readonly clientCores: number;
}

export interface MemorySample {
  readonly atSeconds: number;
  readonly bytes: number;
}

/** Watches the server's process, and this one, from its making until `stop`. */
export class UseMeter {
  readonly #server: LiveServer;
  readonly #memory: MemorySample[] = [];
  readonly #startMs = performance.now();
  readonly #atStart;
  readonly #ownAtStart = process.cpuUsage();
  readonly #timer: NodeJS.Timeout;

  constructor(server: LiveServer) {
    this.#server = server;
    this.#atStart = server.use();
    this.#timer = setInterval(() => this.#sample(), EVERY_MS);
  }

  get memory(): readonly MemorySample[] {
    return this.#memory;
  }

  /** Memory is the most that was seen. Not-a-number where the system does not tell. */
  stop(): Use {
    clearInterval(this.#timer);
    this.#sample();
    const seconds = (performance.now() - this.#startMs) / 1000;
    const now = this.#server.use();
    const own = process.cpuUsage(this.#ownAtStart);
    const { cpuSeconds = Number.NaN, servingThreadSeconds = Number.NaN } = this.#atStart ?? {};
    return {
      memoryBytes: Math.max(...this.#memory.map(({ bytes }) => bytes)),
      serverCores: ((now?.cpuSeconds ?? Number.NaN) - cpuSeconds) / seconds,
      servingThreadCores: ((now?.servingThreadSeconds ?? Number.NaN) - servingThreadSeconds) / seconds,
      clientCores: (own.user + own.system) / 1e6 / seconds,
    };
  }

  #sample(): void {
    const bytes = this.#server.use()?.memoryBytes ?? Number.NaN;
    this.#memory.push({ atSeconds: (performance.now() - this.#startMs) / 1000, bytes });
  }
}
