import { describe, expect, test } from 'vitest';
import type { WorkerPoolEvent } from '../../src/speech/worker-pool.ts';
import { ask, block, PATIENCE, startPool, startReadyPool } from './scripted-pool.ts';
import { COMMANDS } from './scripted-worker.ts';

describe('a thread that dies', () => {
  test.each([COMMANDS.die, COMMANDS.throw])('by %s fails its own task, which may be tried again', async (command) => {
    const pool = startPool();
    await expect(ask(pool, command)).rejects.toMatchObject({ code: 'SPEECH_WORKER_DIED', retryable: true });
  });

  test('is replaced: the tasks that waited behind it are done', async () => {
    const events: WorkerPoolEvent['kind'][] = [];
    const pool = startPool({ onEvent: ({ kind }) => events.push(kind) });
    const dying = expect(ask(pool, COMMANDS.die)).rejects.toMatchObject({ code: 'SPEECH_WORKER_DIED' });
    const waiting = ['one', 'two'].map((command) => ask(pool, command));
    await dying;
    expect(await Promise.all(waiting)).toEqual(['one', 'two']);
    expect(pool.replacedThreads).toBe(1);
    expect(events).toEqual(['worker-ready', 'worker-died', 'worker-ready']);
  });

  test('takes no other thread with it', async () => {
    const pool = await startReadyPool({ size: 2 });
    const blocked = block(pool);
    await expect(ask(pool, COMMANDS.die)).rejects.toMatchObject({ code: 'SPEECH_WORKER_DIED' });
    expect(pool.busyThreads).toBe(1);
    await expect.poll(() => pool.isReady, PATIENCE).toBe(true);
    await blocked.release();
    expect(pool.replacedThreads).toBe(1);
  });

  test('before it is ready is started again until it is', async () => {
    let attempts = 0;
    const events: WorkerPoolEvent['kind'][] = [];
    const pool = startPool({
      warmUp: async () => {
        attempts++;
        if (attempts < 3) throw new Error('not yet');
      },
      onEvent: ({ kind }) => events.push(kind),
    });
    expect(await ask(pool, 'at last')).toBe('at last');
    expect(events).toEqual(['worker-failed-to-start', 'worker-failed-to-start', 'worker-ready']);
  });
});

describe('when no thread can be started', () => {
  test('those that wait are told, instead of waiting for ever', async () => {
    const pool = startPool({
      warmUp: async () => {
        throw new Error('never');
      },
    });
    await expect(ask(pool, 'anything')).rejects.toMatchObject({ code: 'SPEECH_WORKER_DIED', retryable: true });
  });
});

describe('a task', () => {
  test('that fails leaves its thread as it is', async () => {
    const pool = startPool();
    await expect(ask(pool, COMMANDS.fail)).rejects.toMatchObject({ code: 'MODEL_INVALID', retryable: false });
    expect(await ask(pool, 'next')).toBe('next');
    expect(pool.replacedThreads).toBe(0);
  });

  test('that takes too long is given up, and the one behind it is done by a new thread', async () => {
    const pool = startPool();
    const late = expect(ask(pool, COMMANDS.wait, { timeoutMs: 300 })).rejects.toMatchObject({
      code: 'SPEECH_TIMEOUT',
      retryable: true,
      message: expect.stringContaining('expected at most 0.3 s'),
    });
    const behind = ask(pool, 'behind');
    await late;
    expect(await behind).toBe('behind');
    expect(pool.replacedThreads).toBe(1);
  });
});

describe('cancelling', () => {
  test('a task that waits fails it at once, without a thread', async () => {
    const pool = startPool();
    const blocked = block(pool);
    const controller = new AbortController();
    const waiting = ask(pool, COMMANDS.die, { signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED', retryable: false });
    await blocked.release();
    expect(await ask(pool, 'next')).toBe('next');
    expect(pool.replacedThreads).toBe(0);
  });

  test('a task that runs frees its thread, which goes on', async () => {
    const pool = await startReadyPool();
    const blocked = block(pool);
    expect(pool.busyThreads).toBe(1);
    const behind = ask(pool, 'behind');
    await blocked.release();
    expect(await behind).toBe('behind');
    expect(pool.replacedThreads).toBe(0);
  });

  test('a task that does not listen ends its thread, and the one behind it is done by a new one', async () => {
    const pool = await startReadyPool();
    const controller = new AbortController();
    const hanging = expect(ask(pool, COMMANDS.hang, { signal: controller.signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    const behind = ask(pool, 'behind');
    controller.abort();
    await hanging;
    expect(await behind).toBe('behind');
    expect(pool.replacedThreads).toBe(1);
  });

  test('beforehand runs nothing', async () => {
    const pool = startPool();
    await expect(ask(pool, COMMANDS.die, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await ask(pool, 'next')).toBe('next');
  });
});

describe('the line', () => {
  test('is kept in order for one owner, and owners take turns', async () => {
    const pool = startPool();
    const blocked = block(pool);
    const [long, short] = [{}, {}];
    const done: string[] = [];
    const asked = (
      [
        ['long 1', long],
        ['long 2', long],
        ['long 3', long],
        ['short 1', short],
        ['short 2', short],
      ] as const
    ).map(async ([command, owner]) => done.push(await ask(pool, command, { owner })));
    await blocked.release();
    await Promise.all(asked);
    expect(done).toEqual(['long 1', 'short 1', 'long 2', 'short 2', 'long 3']);
  });

  test('is served by all threads: every one is busy while tasks wait', async () => {
    const pool = await startReadyPool({ size: 3 });
    const blocked = [block(pool), block(pool), block(pool), block(pool)];
    expect(pool.busyThreads).toBe(3);
    await Promise.all(blocked.map(({ release }) => release()));
    expect(pool.busyThreads).toBe(0);
  });
});

describe('closing', () => {
  test('fails what runs and what waits, to be tried again, and refuses what comes', async () => {
    const pool = await startReadyPool();
    const running = expect(ask(pool, COMMANDS.wait)).rejects.toMatchObject({ retryable: true });
    const waiting = expect(ask(pool, 'waiting')).rejects.toMatchObject({ code: 'SPEECH_CLOSED', retryable: true });
    await pool.close();
    await Promise.all([running, waiting]);
    await expect(ask(pool, 'late')).rejects.toMatchObject({ code: 'SPEECH_CLOSED' });
    expect(pool.replacedThreads).toBe(0);
  });

  test('before the threads are ready leaves none behind', async () => {
    const pool = startPool({ size: 2, warmUp: () => new Promise(() => {}) });
    const waiting = expect(ask(pool, 'waiting')).rejects.toMatchObject({ code: 'SPEECH_CLOSED' });
    await pool.close();
    await waiting;
    expect(pool.isReady).toBe(false);
  });
});
