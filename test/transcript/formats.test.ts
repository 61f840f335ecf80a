import { describe, expect, test } from 'vitest';
import { cuesOf } from '../../src/transcript/cues.ts';
import { formatSrt, formatVtt } from '../../src/transcript/subtitles.ts';
import { formatWordLines, textIncrement } from '../../src/transcript/text.ts';
import { verboseJson, wordLogprobs } from '../../src/transcript/verbose-json.ts';
import { plantedSegments } from '../server/scripted-transcriber.ts';

const cue = (startSeconds: number, endSeconds: number, text: string) => ({ startSeconds, endSeconds, text });

describe('subtitles', () => {
  test.each([
    [0, '00:00:00,000'],
    [0.0004, '00:00:00,000'],
    [59.9996, '00:01:00,000'],
    [3599.9999, '01:00:00,000'],
    [3661.5, '01:01:01,500'],
    [360_000, '100:00:00,000'],
  ])('%d s is written %s', (seconds, clock) => {
    expect(formatSrt([cue(0, seconds, 'x')])).toBe(`1\n00:00:00,000 --> ${clock}\nx\n\n`);
  });

  test('text cannot end its own cue or look like another', () => {
    const text = 'ett\n\ntvå --> tre <b>&';
    expect(formatSrt([cue(0, 1, text)])).toContain('\nett två -> tre <b>&\n\n');
    expect(formatVtt([cue(0, 1, text)])).toContain('\nett två --&gt; tre &lt;b&gt;&amp;\n\n');
  });

  test('nothing said is an empty file of its kind', () => {
    expect([formatSrt([]), formatVtt([])]).toEqual(['', 'WEBVTT\n\n']);
  });

  test('where words are known each gets its own cue', () => {
    expect(cuesOf(plantedSegments()).map(({ text }) => text)).toEqual(['Blodtrycket', 'är', '<140.', 'Åter']);
  });
});

describe('text', () => {
  test('increments joined are the text, also where a segment is empty', () => {
    const [first, second] = plantedSegments();
    const segments = [first!, { ...second!, text: ' ' }, { ...second!, text: ' Ja.' }];
    expect(segments.map((segment, index) => textIncrement(segment, index === 0)).join('')).toBe(
      'Blodtrycket är <140. Ja.',
    );
  });

  test('words come one a line with their times', () => {
    expect(formatWordLines(plantedSegments()).split('\n').slice(0, 3)).toEqual([
      '0.120\t0.900\tBlodtrycket',
      '0.900\t1.100\tär',
      '1.100\t2.000\t<140.',
    ]);
  });
});

describe('verbose json', () => {
  const transcript = { model: 'm', language: 'xx', durationSeconds: 4.50049, text: '', segments: plantedSegments() };

  test('a language without a name keeps its code, and seconds are rounded to milliseconds', () => {
    const json = verboseJson(transcript, { segments: true, words: true });
    expect(json).toMatchObject({ language: 'xx', duration: 4.5, usage: { type: 'duration', seconds: 4.5 } });
    expect(json.words?.[2]).toEqual({ word: '<140.', start: 1.1, end: 2 });
  });

  test('a probability of zero is still a number', () => {
    const [first] = wordLogprobs([{ text: 'x', startSeconds: 0, endSeconds: 1, probability: 0 }], true);
    expect(Number.isFinite(first?.logprob)).toBe(true);
  });
});
