import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SPEECH_RATE_HZ } from '../src/audio/pcm.ts';
import { type JudgedWord, judgeWords, type SureWord } from '../src/evaluation/confidence.ts';
import { decodeAudio } from '../src/speech/formats/decode-audio.ts';
import { ensureGraphs } from '../src/speech/models/graph-cache.ts';
import { readWhisperConfig } from '../src/speech/models/read-whisper-config.ts';
import { Recogniser } from '../src/speech/recogniser.ts';
import { speechSegments } from '../src/speech/segments.ts';
import { SpeechTokenizer } from '../src/speech/tokenizer.ts';
import { VoiceDetector } from '../src/speech/voice-detector.ts';
import { meanTokenProbability, readConfidenceTable, type WordEvidence } from '../src/speech/word-confidence.ts';
import { WordSupport } from '../src/speech/word-support.ts';
import type { Clip } from './clip-folder.ts';

const LIMITS = { maxBytes: 1024 * 1024 * 1024, maxSeconds: 4 * 3600 };

/** A word that was heard, with what its probability was made of. */
export type EvidentWord = JudgedWord<SureWord & { readonly evidence: WordEvidence }>;

/** Words recognised together, of one stretch of speech. */
export type JudgedStretch = readonly EvidentWord[];

export interface HearingOptions {
  readonly modelFolder: string;
  readonly dataDirectory: string;
  readonly language: string;
  readonly beamSize: number;
}

/** Recognises clips in this thread and compares each word with what was said. @throws AppError as the recogniser does */
export async function hearWords(clips: readonly Clip[], options: HearingOptions): Promise<readonly JudgedStretch[]> {
  const { modelFolder, dataDirectory } = options;
  const seen: WordEvidence[] = [];
  const support = new WordSupport();
  const { judgeFor } = support.judging(options, readConfidenceTable(modelFolder));
  const hearing = {
    ...options,
    ...support.scoring(options),
    words: true,
    judgeFor: (language: string) => (evidence: WordEvidence) => {
      seen.push(evidence);
      return (judgeFor?.(language) ?? meanTokenProbability)(evidence);
    },
  };
  const detector = await VoiceDetector.load();
  const recogniser = await Recogniser.load({
    ...(await ensureGraphs(modelFolder, join(dataDirectory, 'cache', 'graphs'))),
    config: readWhisperConfig(modelFolder),
    tokenizer: new SpeechTokenizer(modelFolder),
  });
  try {
    const stretches: JudgedStretch[] = [];
    for (const clip of clips) {
      const heard: { text: string; probability: number; evidence: WordEvidence; stretch: number }[] = [];
      for (const [stretch, samples] of (await stretchesOf(clip, detector)).entries()) {
        seen.length = 0;
        const { words = [] } = await recogniser.recognise(samples, hearing);
        for (const [at, word] of words.entries()) heard.push({ ...word, evidence: seen[at]!, stretch });
      }
      stretches.push(...Map.groupBy(judgeWords(clip.spoken, heard), ({ stretch }) => stretch).values());
    }
    return stretches;
  } finally {
    await recogniser.close();
    await detector.close();
  }
}

async function stretchesOf({ path }: Clip, detector: VoiceDetector): Promise<readonly Float32Array[]> {
  const { samples } = await decodeAudio(new Uint8Array(readFileSync(path)), LIMITS);
  return speechSegments(await detector.probabilities(samples)).map(({ startSeconds, endSeconds }) =>
    samples.slice(Math.round(startSeconds * SPEECH_RATE_HZ), Math.round(endSeconds * SPEECH_RATE_HZ)),
  );
}
