import type { FastifyBaseLogger } from 'fastify';
import type { TranscribeRequest, Transcriber } from '../contracts/transcriber.ts';
import type { Transcript } from '../contracts/transcript.ts';
import type { Metrics } from './metrics.ts';

/** Hands one file to the recogniser, counts it, and logs figures about it; never what was said. */
export async function recognise(
  transcriber: Transcriber,
  request: TranscribeRequest,
  metrics: Metrics,
  log: FastifyBaseLogger,
): Promise<Transcript> {
  const fileBytes = request.file.byteLength;
  const startedMs = performance.now();
  const transcript = await transcriber.transcribe(request);
  const processingMs = Math.round(performance.now() - startedMs);
  metrics.recognised({ audioSeconds: transcript.durationSeconds, processingSeconds: processingMs / 1000 });
  log.info(
    {
      model: transcript.model,
      fileBytes,
      audioSeconds: transcript.durationSeconds,
      processingMs,
      segments: transcript.segments.length,
      characters: transcript.text.length,
    },
    'recognised',
  );
  return transcript;
}
