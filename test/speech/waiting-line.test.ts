import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type QueuedTask, TASK_PRIORITIES, type TaskPriority, WaitingLine } from '../../src/speech/waiting-line.ts';

interface Task extends QueuedTask {
  readonly name: string;
}

const [anna, bo] = [{ who: 'Anna' }, { who: 'Bo' }];

/** A line whose clock stands still until it is moved. */
function lineAt() {
  const clock = { nowMs: 0 };
  const line = new WaitingLine<Task>(() => clock.nowMs);
  const add = (name: string, priority: TaskPriority, owner: object = {}) => line.add({ name, priority, owner });
  return { clock, line, add };
}

function takeAll(line: WaitingLine<Task>): string[] {
  const names: string[] = [];
  for (let task = line.take(); task; task = line.take()) names.push(task.name);
  return names;
}

describe('the order', () => {
  test('is final text, voice, drafts, files, whatever came first', () => {
    const { line, add } = lineAt();
    for (const priority of TASK_PRIORITIES.toReversed()) add(priority, priority);
    expect(takeAll(line)).toEqual(['final', 'voice', 'draft', 'file']);
  });

  test('within a priority is by turns of the owners, and of one owner as it came', () => {
    const { line, add } = lineAt();
    for (const name of ['Anna 1', 'Anna 2', 'Anna 3']) add(name, 'final', anna);
    for (const name of ['Bo 1', 'Bo 2']) add(name, 'final', bo);
    expect(takeAll(line)).toEqual(['Anna 1', 'Bo 1', 'Anna 2', 'Bo 2', 'Anna 3']);
  });

  test('leaves out priorities that are not asked for', () => {
    const { line, add } = lineAt();
    add('a file', 'file');
    expect(line.take(['final', 'voice', 'draft'])).toBeUndefined();
    expect(line.take()).toMatchObject({ name: 'a file' });
  });
});

describe('a draft', () => {
  test("takes the place of its owner's older one, which is given back, and leaves those of others alone", () => {
    const { line, add } = lineAt();
    add('Anna, old', 'draft', anna);
    add('Bo', 'draft', bo);
    expect(add('Anna, new', 'draft', anna)).toMatchObject({ name: 'Anna, old' });
    expect(takeAll(line)).toEqual(['Anna, new', 'Bo']);
  });

  test('takes no place of what else its owner waits for', () => {
    const { line, add } = lineAt();
    for (const priority of ['final', 'voice', 'file'] as const) add(priority, priority, anna);
    expect(add('draft', 'draft', anna)).toBeUndefined();
    expect(takeAll(line)).toEqual(['final', 'voice', 'draft', 'file']);
  });
});

describe('nothing waits for ever:', () => {
  test.each(['voice', 'draft', 'file'] as const)(
    'a %s that others were preferred to for 10 s is next, once',
    (priority) => {
      const { clock, line, add } = lineAt();
      for (const name of ['late 1', 'late 2']) add(name, priority);
      for (let index = 0; index < 5; index++) add(`final ${index}`, 'final');
      clock.nowMs = 9_999;
      expect(line.take()).toMatchObject({ name: 'final 0' });
      clock.nowMs = 10_000;
      expect(line.take()).toMatchObject({ name: 'late 1' });
      expect(line.take()).toMatchObject({ name: 'final 1' });
      clock.nowMs = 19_999;
      expect(line.take()).toMatchObject({ name: 'final 2' });
      clock.nowMs = 20_000;
      expect(line.take()).toMatchObject({ name: 'late 2' });
    },
  );

  test('the time is counted from when a priority began to wait, not from when it was last served', () => {
    const { clock, line, add } = lineAt();
    add('early', 'file');
    expect(line.take()).toMatchObject({ name: 'early' });
    clock.nowMs = 60_000;
    add('late', 'file');
    add('final', 'final');
    expect(takeAll(line)).toEqual(['final', 'late']);
  });
});

describe('whatever comes and goes', () => {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ priority: fc.constantFrom(...TASK_PRIORITIES), owner: fc.nat(3) }) },
    { weight: 2, arbitrary: fc.constant('take' as const) },
    { weight: 1, arbitrary: fc.record({ remove: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ waitMs: fc.nat(20_000) }) },
  );

  test('each task leaves exactly once: taken, replaced, removed or at the end, and the count is right all along', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const { clock, line } = lineAt();
        const owners = [{}, {}, {}, {}];
        const waiting = new Set<Task>();
        const all: Task[] = [];
        for (const [index, action] of steps.entries()) {
          if (action === 'take') {
            const task = line.take();
            expect(task === undefined).toBe(waiting.size === 0);
            if (task) expect(waiting.delete(task)).toBe(true);
          } else if ('waitMs' in action) {
            clock.nowMs += action.waitMs;
          } else if ('remove' in action) {
            const task = all[action.remove % all.length];
            if (task) expect(line.remove(task)).toBe(waiting.delete(task));
          } else {
            const task = { name: String(index), priority: action.priority, owner: owners[action.owner]! };
            const replaced = line.add(task);
            if (replaced) expect(waiting.delete(replaced)).toBe(true);
            waiting.add(task);
            all.push(task);
          }
          expect(line.count(TASK_PRIORITIES)).toBe(waiting.size);
          const drafts = [...waiting].filter(({ priority }) => priority === 'draft').map(({ owner }) => owner);
          expect(new Set(drafts).size).toBe(drafts.length);
        }
        expect(new Set(line.clear())).toEqual(waiting);
        expect(line.take()).toBeUndefined();
      }),
    );
  });
});
