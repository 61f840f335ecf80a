import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../scripts/eval-speech.ts', import.meta.url));
const TIMEOUT_MS = 120_000;

let empty: string;

beforeAll(() => {
  empty = mkdtempSync(join(tmpdir(), 'taltid-eval-'));
});

afterAll(() => {
  rmSync(empty, { recursive: true });
});

interface Finished {
  readonly exitCode: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

function evaluate(...args: string[]): Promise<Finished> {
  return new Promise((resolve) => {
    execFile(process.execPath, [SCRIPT, ...args], { timeout: TIMEOUT_MS }, (error, stdout, stderr) => {
      resolve({ exitCode: error ? error.code : 0, stdout, stderr });
    });
  });
}

describe('npm run eval:speech', () => {
  it('gives wer, cer and rtf of all clips and of each as JSON, and no text unless asked', {
    timeout: TIMEOUT_MS,
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

  it('refuses a folder without transcripts.json with what it expected', { timeout: TIMEOUT_MS }, async () => {
    const { exitCode, stdout, stderr } = await evaluate(empty, '--json');
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^FILE_NOT_FOUND: .*expected a transcripts\.json/);
  });

  it('refuses an option that makes no sense with exit code 2', { timeout: TIMEOUT_MS }, async () => {
    const { exitCode, stderr } = await evaluate('--beam', '11');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('expected a whole number from 1 to 10');
  });
});
