import { join } from 'node:path';
import type { BenchmarkInput } from '../benchmark.ts';
import { checkText } from '../check.ts';
import { committedWords } from './comparison.ts';
import { type DictatingOptions, DictatingSession } from './dictating-session.ts';
import { composeDictation, type Dictation } from './dictation.ts';
import { LiveServer } from './live-server.ts';
import { type Phrase, readPhrases } from './phrases.ts';
import type { SessionRecord } from './session-record.ts';

export const WORKERS = 2;

export function readInputPhrases({ clips, dataDirectory }: BenchmarkInput): Promise<readonly Phrase[]> {
  return readPhrases(clips, join(dataDirectory, 'bench-graphs'));
}

export function startServer({ dataDirectory }: BenchmarkInput): Promise<LiveServer> {
  return LiveServer.start({ dataDirectory, workers: WORKERS });
}

/** Different dictations of one length. */
export function dictationsOf(phrases: readonly Phrase[], count: number, seconds: number): Dictation[] {
  return Array.from({ length: count }, (_, index) => composeDictation(phrases, { seconds, seed: index + 1 }));
}

/** One session from its beginning to `done`. @throws Error when anything goes wrong */
export function dictate(
  server: LiveServer,
  dictation: Dictation,
  pace: DictatingOptions['pace'],
): Promise<SessionRecord> {
  const options = { address: () => server.address, pace, reconnects: false };
  return new DictatingSession(dictation, options).start().done;
}

/** @throws Error when live text is not what the recogniser makes of the same phrases offline */
export function checkAgainstOffline(dictation: Dictation, record: SessionRecord): void {
  const offline = dictation.words.map(({ text }) => text).join(' ');
  checkText('the live text', offline, committedWords(record).join(' '));
}
