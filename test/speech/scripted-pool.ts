import { afterEach, expect } from 'vitest';
import type { TaskPriority } from '../../src/speech/waiting-line.ts';
import { SpeechWorkerPool, type WorkerPoolOptions } from '../../src/speech/worker-pool.ts';
import { COMMANDS } from './scripted-worker.ts';

const SCRIPT = new URL('./scripted-worker.ts', import.meta.url);
/** Longer than any thread needs to start on a busy machine. */
export const PATIENCE = { timeout: 30_000 };

const pools: SpeechWorkerPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

/** A pool of threads that do as they are told; closed after the test. */
export function startPool(options: Partial<WorkerPoolOptions> = {}): SpeechWorkerPool {
  const pool = new SpeechWorkerPool({
    script: SCRIPT,
    size: 1,
    liveLimit: 100,
    warmUp: async () => {},
    onEvent: () => {},
    ...options,
  });
  pools.push(pool);
  return pool;
}

/** A pool whose threads are all there. */
export async function startReadyPool(options: Partial<WorkerPoolOptions> = {}): Promise<SpeechWorkerPool> {
  const pool = startPool(options);
  await expect.poll(() => pool.isReady, PATIENCE).toBe(true);
  return pool;
}

interface Asked {
  readonly owner?: object;
  readonly priority?: TaskPriority;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** Has one thread do what the command says; gives the command back when it went well. */
export async function ask(pool: SpeechWorkerPool, command: string, { signal, ...asked }: Asked = {}) {
  const options = { owner: {}, priority: 'file' as const, timeoutMs: 30_000, ...asked, ...(signal && { signal }) };
  const { folder } = await pool.run('prepare', { modelFolder: command, cacheFolder: '' }, options);
  return folder;
}

/** Keeps one thread busy until `release` is called. */
export function block(pool: SpeechWorkerPool, priority: TaskPriority = 'file') {
  const controller = new AbortController();
  const { signal } = controller;
  const ended = expect(ask(pool, COMMANDS.wait, { signal, priority })).rejects.toMatchObject({ code: 'CANCELLED' });
  return {
    release: () => {
      controller.abort();
      return ended;
    },
  };
}
