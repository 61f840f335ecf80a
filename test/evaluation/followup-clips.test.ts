import { describe, expect, test } from 'vitest';
import { FIXTURE_FOLDER } from '../../scripts/clip-folder.ts';
import { heardNote } from '../../src/evaluation/followup/heard-note.ts';
import { runScript, SCRIPT_TIMEOUT_MS } from './run-script.ts';

describe('clips through the recogniser', { timeout: SCRIPT_TIMEOUT_MS }, () => {
  test('everyday speech asks for nothing, whatever was heard of it', async () => {
    const { exitCode, stdout } = await runScript('eval-followup.ts', [
      '--clips',
      FIXTURE_FOLDER,
      '--beam',
      '1',
      '--json',
    ]);
    expect(exitCode).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ requests: 0, found: 0, wrongAuto: 0, falseFollowUps: 0 });
    expect(report.clips).toHaveLength(8);
    for (const { heard, heardRoute } of report.clips) {
      expect(heard).not.toBe('');
      expect(heardRoute).toBe('none');
    }
  });

  test('a folder that is none of clips is refused', async () => {
    const { exitCode, stderr } = await runScript('eval-followup.ts', ['--clips', import.meta.dirname]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^FILE_NOT_FOUND: .*expected a transcripts\.json/);
  });
});

test('a transcript becomes a note whose words stand where they were written, each with its probability', () => {
  const word = (text: string, probability: number) => ({ text, probability, startSeconds: 0, endSeconds: 1 });
  const segment = {
    index: 0,
    startSeconds: 0,
    endSeconds: 1,
    text: 'om om tre.',
    tokens: [],
    averageLogProbability: 0,
    compressionRatio: 1,
    noSpeechProbability: 0,
    words: [word('om', 0.9), word('om', 0.2), word('tre.', 0.8)],
  };
  const transcript = { model: 'base', language: 'sv', durationSeconds: 1, text: 'om om tre.', segments: [segment] };
  expect(heardNote(transcript)).toEqual({
    text: 'om om tre.',
    words: [
      { start: 0, end: 2, confidence: 0.9 },
      { start: 3, end: 5, confidence: 0.2 },
      { start: 6, end: 10, confidence: 0.8 },
    ],
  });
});
