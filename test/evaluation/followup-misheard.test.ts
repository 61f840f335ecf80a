import { describe, expect, test } from 'vitest';
import { runScript, SCRIPT_TIMEOUT_MS } from './run-script.ts';

const LEAST_FOUND = 0.8;

/** Seeds that once gave something wrongly ready to book. */
describe.each([12, 22, 47, 62])(
  'of all labelled texts, misheard with seed %i',
  { timeout: SCRIPT_TIMEOUT_MS },
  (seed) => {
    test('nothing is ready to book that somebody should look at, and four of five requests are found', async () => {
      const { exitCode, stdout } = await runScript('eval-followup.ts', ['--mishear', String(seed), '--json']);
      expect(exitCode).toBe(0);
      const { wrongAuto, foundRate, misses } = JSON.parse(stdout);
      const wrong = misses.filter(({ route }: { route?: { isWrongAuto: boolean } }) => route?.isWrongAuto);
      expect(wrong.map(({ text }: { text: string }) => text)).toEqual([]);
      expect(wrongAuto).toBe(0);
      expect(foundRate).toBeGreaterThanOrEqual(LEAST_FOUND);
    });
  },
);
