import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FIXTURE_FOLDER, readClipFolder } from '../../scripts/clip-folder.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taltid-clips-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const describeClips = (content: unknown) => writeFileSync(join(folder, 'transcripts.json'), JSON.stringify(content));

describe('a folder of clips', () => {
  it('gives the clips that its transcripts.json names, whatever else it says of them', () => {
    describeClips([{ file: 'a.wav', spoken: 'hej', voice: 'x', kind: 'human' }]);
    writeFileSync(join(folder, 'a.wav'), '');
    const [clip, ...others] = readClipFolder(folder);
    expect(clip).toMatchObject({ file: 'a.wav', spoken: 'hej', kind: 'human', path: join(folder, 'a.wav') });
    expect(others).toEqual([]);
  });

  it('of the project has text for every clip', () => {
    const clips = readClipFolder(FIXTURE_FOLDER);
    expect(clips.length).toBeGreaterThan(3);
    for (const clip of clips) expect(clip.spoken).not.toBe('');
  });

  it('without transcripts.json is refused with what belongs into it', () => {
    expect(() => readClipFolder(folder)).toThrow(/expected a transcripts\.json .*; got a folder without one/);
    expect(() => readClipFolder(join(folder, 'nowhere'))).toThrow('no such folder');
  });

  it('that names missing files is refused with their names', () => {
    describeClips([{ file: 'gone.wav', spoken: 'hej' }]);
    expect(() => readClipFolder(folder)).toThrow(/1 missing: gone\.wav$/);
  });

  it.each([
    [[], 'at least one clip'],
    [[{ file: 'a.wav' }], '0.spoken'],
    [{ clips: [] }, 'the whole'],
  ])('that is described by %j is refused with the place', (content, told) => {
    describeClips(content);
    expect(() => readClipFolder(folder)).toThrow(told);
  });

  it('whose transcripts.json is cut off is refused as no JSON', () => {
    writeFileSync(join(folder, 'transcripts.json'), '[{"file": "a');
    expect(() => readClipFolder(folder)).toThrow('is not JSON');
  });
});
