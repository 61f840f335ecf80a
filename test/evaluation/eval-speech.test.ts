import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runScript, SCRIPT_TIMEOUT_MS } from './run-script.ts';

let empty: string;

beforeAll(() => {
  empty = mkdtempSync(join(tmpdir(), 'taltid-eval-'));
});

afterAll(() => {
  rmSync(empty, { recursive: true });
});

const evaluate = (...args: string[]) => runScript('eval-speech.ts', args);

describe('npm run eval:speech', () => {
  it('gives wer, cer and rtf of all clips and of each as JSON, and no text unless asked', {
    timeout: SCRIPT_TIMEOUT_MS,
  }, async () => {
    const { exitCode, stdout } = await evaluate('--json', '--beam', '1');
    expect(exitCode).toBe(0);
    const report = JSON.parse(stdout);
    expect(report.wer).toBeGreaterThan(0);
    expect(report.wer).toBeLessThan(0.6);
    expect(report.werInterval.low).toBeLessThanOrEqual(report.wer);
    expect(report.clips).toHaveLength(report.clipCount);
    for (const key of ['wer', 'cer', 'rtf', 'substitutions', 'deletions', 'insertions']) {
      expect(report[key], key).toEqual(expect.any(Number));
      for (const clip of report.clips) expect(clip[key], `${clip.file} ${key}`).toEqual(expect.any(Number));
    }
    expect(stdout).not.toContain('nummer');
  });

  it('refuses a folder without transcripts.json with what it expected', { timeout: SCRIPT_TIMEOUT_MS }, async () => {
    const { exitCode, stdout, stderr } = await evaluate(empty, '--json');
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^FILE_NOT_FOUND: .*expected a transcripts\.json/);
  });

  it('refuses an option that makes no sense with exit code 2', { timeout: SCRIPT_TIMEOUT_MS }, async () => {
    const { exitCode, stderr } = await evaluate('--beam', '11');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('expected a whole number from 1 to 10');
  });

  it('tells every model under every condition, beside the clips as they are and beside silence', {
    timeout: SCRIPT_TIMEOUT_MS,
  }, async () => {
    const chosen = ['--only', 'kan_du_vara', '--model', 'all', '--degrade', 'quiet,fast', '--beam', '1', '--json'];
    const { exitCode, stdout } = await evaluate(...chosen);
    expect(exitCode).toBe(0);
    const { runs } = JSON.parse(stdout);
    const conditions = ['clean', '-30 dB', '1.25 times as fast'];
    expect(runs.slice(0, 3).map(({ condition }: { condition: string }) => condition)).toEqual(conditions);
    for (const run of runs) {
      expect(run.words).toBe(7);
      expect(run.wordsPerSilentMinute.value).toBe(0);
      expect(run.werAgainstFirst?.value ?? 0).toBeLessThanOrEqual(1);
    }
    expect(runs[0].werAgainstFirst).toBeUndefined();
  });

  it('refuses a condition that it does not know with exit code 2', { timeout: SCRIPT_TIMEOUT_MS }, async () => {
    const { exitCode, stderr } = await evaluate('--degrade', 'underwater');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('expected some of noise,quiet,telephone')]);
  });
});
