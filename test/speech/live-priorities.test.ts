import { describe, expect, test } from 'vitest';
import { TASK_PRIORITIES, type TaskPriority } from '../../src/speech/waiting-line.ts';
import type { SpeechWorkerPool } from '../../src/speech/worker-pool.ts';
import { ask, block, startReadyPool } from './scripted-pool.ts';

/** Asks for one task after another and tells in what order they are done. */
function order(pool: SpeechWorkerPool) {
  const done: string[] = [];
  const asked: Promise<unknown>[] = [];
  return {
    ask: (command: string, priority: TaskPriority, owner: object = {}) => {
      asked.push(ask(pool, command, { owner, priority }).then((name) => done.push(name)));
    },
    done: async () => {
      await Promise.all(asked);
      return done;
    },
  };
}

describe('when a thread is free', () => {
  test('final text goes first, then voice, then drafts, then files', async () => {
    const pool = await startReadyPool();
    const blocked = block(pool);
    const tasks = order(pool);
    for (const priority of TASK_PRIORITIES.toReversed()) tasks.ask(priority, priority);
    expect(pool.waitingLiveTasks).toBe(3);
    await blocked.release();
    expect(await tasks.done()).toEqual(['final', 'voice', 'draft', 'file']);
    expect(pool.waitingLiveTasks).toBe(0);
  });

  test('a file that live tasks were preferred to for 10 s goes first', async () => {
    let nowMs = 0;
    const pool = await startReadyPool({ nowMs: () => nowMs });
    const blocked = block(pool);
    const tasks = order(pool);
    tasks.ask('file', 'file');
    nowMs = 10_000;
    tasks.ask('final', 'final');
    await blocked.release();
    expect(await tasks.done()).toEqual(['file', 'final']);
  });
});

describe('a draft that waits', () => {
  test("is cancelled when its owner asks for the next one, which takes its turn; others' are not", async () => {
    const pool = await startReadyPool();
    const blocked = block(pool);
    const [anna, bo] = [{}, {}];
    const old = expect(ask(pool, 'Anna, old', { owner: anna, priority: 'draft' })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    const tasks = order(pool);
    tasks.ask('Bo', 'draft', bo);
    tasks.ask('Anna, new', 'draft', anna);
    await old;
    expect(pool.waitingLiveTasks).toBe(2);
    await blocked.release();
    expect(await tasks.done()).toEqual(['Anna, new', 'Bo']);
  });

  test('is left alone once it runs: the next one waits for it', async () => {
    const pool = await startReadyPool();
    const running = block(pool, 'draft');
    const next = ask(pool, 'next', { priority: 'draft' });
    expect(pool.waitingLiveTasks).toBe(1);
    await running.release();
    expect(await next).toBe('next');
  });
});

describe('the limit of live tasks that wait', () => {
  test('refuses the next one as busy, lets files wait, and has room again when one is done', async () => {
    const pool = await startReadyPool({ liveLimit: 2 });
    const blocked = block(pool);
    const taken = [ask(pool, 'one', { priority: 'voice' }), ask(pool, 'two', { priority: 'final' })];
    await expect(ask(pool, 'three', { priority: 'final' })).rejects.toMatchObject({
      code: 'SPEECH_BUSY',
      retryable: true,
      message: expect.stringContaining('expected at most 2 that wait'),
    });
    const file = ask(pool, 'file');
    await blocked.release();
    expect(await Promise.all([...taken, file])).toEqual(['one', 'two', 'file']);
    expect(await ask(pool, 'four', { priority: 'final' })).toBe('four');
  });
});

describe('while there are live sessions', () => {
  test('files leave one thread of several alone, and have all of them again when the sessions are over', async () => {
    let nowMs = 0;
    const pool = await startReadyPool({ size: 3, nowMs: () => nowMs });
    await ask(pool, 'a session', { priority: 'voice' });
    const files = [block(pool), block(pool), block(pool), block(pool)];
    expect(pool.busyThreads).toBe(2);
    expect(await ask(pool, 'at once', { priority: 'final' })).toBe('at once');
    nowMs = 5_000;
    await files[0]!.release();
    await expect.poll(() => pool.busyThreads).toBe(3);
    await Promise.all(files.map(({ release }) => release()));
  });

  test('a file is recognised all the same where there is only one thread', async () => {
    const pool = await startReadyPool();
    await ask(pool, 'a session', { priority: 'voice' });
    expect(await ask(pool, 'a file')).toBe('a file');
  });
});
