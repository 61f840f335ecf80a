import { SPEECH_RATE_HZ } from '../audio/pcm.ts';
import type { ModelFiles, SpeechTaskName, SpeechTasks, ToSpeechWorker } from '../contracts/speech-messages.ts';
import { decodeAudio } from './formats/decode-audio.ts';
import { ensureGraphs } from './models/graph-cache.ts';
import { readWhisperConfig } from './models/read-whisper-config.ts';
import { Recogniser } from './recogniser.ts';
import { speechSegments } from './segments.ts';
import { SpeechTokenizer } from './tokenizer.ts';
import { VoiceDetector } from './voice-detector.ts';
import { type ConfidenceTable, readConfidenceTable } from './word-confidence.ts';
import { WordSupport } from './word-support.ts';

/** A model takes 150 MB and more of each thread's memory: the default one, and another that somebody asked for. */
const LOADED_MODELS = 2;

interface LoadedModel {
  readonly recogniser: Recogniser;
  readonly confidence: ConfidenceTable | undefined;
}

/** What a recognising thread does, whoever asks. Keeps the models that it used last. */
export class SpeechTaskRunner {
  /** By model folder, the one used last at the end. */
  readonly #models = new Map<string, LoadedModel>();
  #voiceDetector: VoiceDetector | undefined;
  readonly #words = new WordSupport();

  run(
    task: Extract<ToSpeechWorker, { kind: 'task' }>,
    signal: AbortSignal,
  ): Promise<SpeechTasks[SpeechTaskName]['result']> {
    switch (task.name) {
      case 'prepare':
        return this.#prepare(task.request);
      case 'load':
        return this.#load(task.request);
      case 'open':
        return this.#open(task.request, signal);
      case 'recognise':
        return this.#recognise(task.request, signal);
      case 'voice':
        return this.#voice(task.request, signal);
      case 'draft':
        return this.#draft(task.request, signal);
      default:
        return task satisfies never;
    }
  }

  async #prepare({ modelFolder, cacheFolder }: SpeechTasks['prepare']['request']): Promise<ModelFiles> {
    return { folder: modelFolder, ...(await ensureGraphs(modelFolder, cacheFolder)) };
  }

  async #load({ model }: SpeechTasks['load']['request']): Promise<null> {
    await this.#model(model);
    await this.#detector();
    return null;
  }

  async #open(
    { file, maxFileBytes, maxAudioSeconds }: SpeechTasks['open']['request'],
    signal: AbortSignal,
  ): Promise<SpeechTasks['open']['result']> {
    const pcm = await decodeAudio(file, { maxBytes: maxFileBytes, maxSeconds: maxAudioSeconds });
    const detector = await this.#detector();
    const durationSeconds = pcm.samples.length / SPEECH_RATE_HZ;
    // The voice detector's last window may reach past the end.
    const stretches = speechSegments(await detector.probabilities(pcm.samples, signal)).map(
      ({ startSeconds, endSeconds }) => ({ startSeconds, endSeconds: Math.min(endSeconds, durationSeconds) }),
    );
    // Shared, so that every thread reads its stretches where they lie.
    const samples = new Float32Array(new SharedArrayBuffer(pcm.samples.byteLength));
    samples.set(pcm.samples);
    return { samples, stretches };
  }

  async #recognise(
    { model, samples, options }: SpeechTasks['recognise']['request'],
    signal: AbortSignal,
  ): Promise<SpeechTasks['recognise']['result']> {
    const { recogniser, confidence } = await this.#model(model);
    const utterance = await recogniser.recognise(samples, {
      ...options,
      ...this.#words.scoring(options),
      ...this.#words.judging(options, confidence),
      signal,
    });
    return this.#words.write(utterance, options);
  }

  async #voice(
    { samples, memory }: SpeechTasks['voice']['request'],
    signal: AbortSignal,
  ): Promise<SpeechTasks['voice']['result']> {
    const detector = await this.#detector();
    return detector.continue(samples, memory, signal);
  }

  async #draft(
    { model, samples, ...options }: SpeechTasks['draft']['request'],
    signal: AbortSignal,
  ): Promise<SpeechTasks['draft']['result']> {
    const { recogniser } = await this.#model(model);
    return recogniser.draft(samples, { ...options, signal });
  }

  async #detector(): Promise<VoiceDetector> {
    this.#voiceDetector ??= await VoiceDetector.load();
    return this.#voiceDetector;
  }

  async #model(model: ModelFiles): Promise<LoadedModel> {
    const { folder } = model;
    const loaded = this.#models.get(folder) ?? (await loadModel(model));
    this.#models.delete(folder);
    this.#models.set(folder, loaded);
    for (const [other, oldest] of this.#models) {
      if (this.#models.size <= LOADED_MODELS) break;
      this.#models.delete(other);
      await oldest.recogniser.close();
    }
    return loaded;
  }
}

async function loadModel(model: ModelFiles): Promise<LoadedModel> {
  const { folder } = model;
  const confidence = readConfidenceTable(folder);
  const config = readWhisperConfig(folder);
  return {
    recogniser: await Recogniser.load({ ...model, config, tokenizer: new SpeechTokenizer(folder) }),
    confidence,
  };
}
