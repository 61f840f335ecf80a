import { AppError } from '../../src/contracts/errors.ts';
import type { TranscribeRequest, Transcriber, TranscriberStatus } from '../../src/contracts/transcriber.ts';
import type { Segment, Transcript } from '../../src/contracts/transcript.ts';

/**
 * A recogniser that says what a test planted: for what concerns HTTP alone. Work goes on only when the test lets it,
 * so that nothing depends on time.
 */
export class ScriptedTranscriber implements Transcriber {
  readonly requests: TranscribeRequest[] = [];
  /** Resolves when the signal of the newest request has fired. */
  readonly cancelled = Promise.withResolvers<void>();
  /** Resolves when a request has come. */
  readonly asked = Promise.withResolvers<void>();
  segments: readonly Segment[] = plantedSegments();
  /** What `transcribe` throws before its first segment, or after all of them. */
  failure: { readonly error: Error; readonly after: 'nothing' | 'segments' } | undefined;
  /** Waited for between the first segment and the rest. */
  gate: Promise<void> = Promise.resolve();
  state: TranscriberStatus = {
    ready: true,
    workers: 2,
    busyWorkers: 1,
    queuedJobs: 3,
    queueLimit: 32,
    replacedWorkers: 0,
  };

  async transcribe(request: TranscribeRequest): Promise<Transcript> {
    this.requests.push(request);
    this.asked.resolve();
    const { signal, onSegment, options } = request;
    const cancellation = new Promise<never>((_resolve, reject) => {
      signal?.addEventListener('abort', () => {
        this.cancelled.resolve();
        reject(new AppError('CANCELLED', 'the work was cancelled'));
      });
    });
    // A signal can fire when the work is done.
    cancellation.catch(() => undefined);
    if (this.failure?.after === 'nothing') throw this.failure.error;
    const segments = this.segments.map(
      ({ words, ...segment }): Segment => (options.words && words !== undefined ? { ...segment, words } : segment),
    );
    for (const segment of segments.slice(0, 1)) onSegment?.(segment);
    await Promise.race([this.gate, cancellation]);
    for (const segment of segments.slice(1)) onSegment?.(segment);
    if (this.failure !== undefined) throw this.failure.error;
    return {
      model: options.model ?? 'whisper-base',
      language: options.language,
      durationSeconds: 4.5,
      text: segments.map((segment) => segment.text).join(' '),
      segments,
    };
  }

  async models() {
    const about = { languages: ['sv'], licence: 'MIT', sizeBytes: 1, createdUnixSeconds: 1_760_000_000 };
    return [
      { ...about, name: 'whisper-base', bundled: true },
      { ...about, name: 'KBLab/kb-whisper-small', bundled: false },
    ];
  }

  status(): TranscriberStatus {
    return this.state;
  }

  async close(): Promise<void> {}
}

export function plantedSegments(): Segment[] {
  const about = { averageLogProbability: -0.25, compressionRatio: 1.1, noSpeechProbability: 0.02 };
  const words = [
    { text: 'Blodtrycket', startSeconds: 0.12, endSeconds: 0.9, probability: 0.5 },
    { text: 'är', startSeconds: 0.9, endSeconds: 1.1, probability: 1 },
    { text: '<140.', startSeconds: 1.1, endSeconds: 2.0004, probability: 0.25 },
  ];
  return [
    { ...about, index: 0, startSeconds: 0.12, endSeconds: 2.0004, text: 'Blodtrycket är <140.', tokens: [5, 6], words },
    {
      ...about,
      index: 1,
      startSeconds: 2.5,
      endSeconds: 4.25,
      text: 'Åter om sex veckor.',
      tokens: [7],
      words: [{ text: 'Åter', startSeconds: 2.5, endSeconds: 4.25, probability: 0.75 }],
    },
  ];
}
