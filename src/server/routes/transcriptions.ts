import { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import { OPENAI_MODEL_ALIASES, type TranscriptionForm, type TranscriptionJson } from '../../contracts/openai.ts';
import type { Transcriber } from '../../contracts/transcriber.ts';
import { type Segment, TranscribeOptions, type Transcript } from '../../contracts/transcript.ts';
import type { VocabularySource } from '../../contracts/vocabulary.ts';
import { cuesOf } from '../../transcript/cues.ts';
import { formatSrt, formatVtt } from '../../transcript/subtitles.ts';
import { durationUsage, verboseJson } from '../../transcript/verbose-json.ts';
import { accountIdOf } from '../actor.ts';
import { cancelledWithClient } from '../cancelled-with-client.ts';
import { eventFrames } from '../event-frames.ts';
import type { Metrics } from '../metrics.ts';
import { collectForm, FORM_OVERHEAD_BYTES, fileTooLarge } from '../multipart-form.ts';
import { reportError } from '../plugins/error-handling.ts';
import { recognise } from '../recognise.ts';
import { RequestError } from '../request-error.ts';
import { segmentLogprobs, transcriptionEvents } from '../transcription-events.ts';
import { parseTranscriptionForm } from '../transcription-form.ts';
import type { UploadBudget } from '../upload-budget.ts';

export interface TranscriptionRouteOptions {
  readonly transcriber: Transcriber;
  readonly metrics: Metrics;
  readonly uploads: UploadBudget;
  /** What the clinic expects to be said, beside what a request tells itself; nothing when absent. */
  readonly vocabulary: VocabularySource | undefined;
  readonly config: Pick<Config, 'maxUploadBytes'>;
}

/** `POST /v1/audio/transcriptions` as OpenAI's clients speak it. */
export async function transcriptionRoutes(app: FastifyInstance, options: TranscriptionRouteOptions): Promise<void> {
  const { transcriber, metrics, uploads, vocabulary, config } = options;
  app.removeAllContentTypeParsers();
  await app.register(multipart, { throwFileSizeLimit: false });

  app.post('/v1/audio/transcriptions', async (request, reply) => {
    const signal = cancelledWithClient(reply);
    const release = uploads.reserve(declaredBytes(request, config.maxUploadBytes));
    reply.raw.once('close', release);

    const { fields, file } = await collectForm(request, config.maxUploadBytes);
    const form = parseTranscriptionForm(fields);
    if (file === undefined) {
      throw new RequestError('REQUEST_INVALID', 'the form holds no audio', {
        param: 'file',
        expected: 'a part named "file" with a file name',
        got: 'none',
      });
    }
    const asked = {
      file,
      options: transcribeOptions(form),
      clinicVocabulary: vocabulary?.({ accountId: accountIdOf(request) }) ?? [],
      signal,
    };
    const run = (onSegment?: (segment: Segment) => void) =>
      recognise(transcriber, { ...asked, ...(onSegment && { onSegment }) }, metrics, request.log);
    if (!form.stream) return answerWhole(form, await run(), reply);

    const parts = { segments: form.response_format === 'verbose_json', logprobs: wantsLogprobs(form) };
    const events = transcriptionEvents(run, parts);
    // The status is still open until something was recognised: what fails before then fails as any request does.
    const first = await events.next();
    return reply
      .type('text/event-stream; charset=utf-8')
      .headers({ 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' })
      .send(Readable.from(eventFrames(first, events, (error) => reportError(error, request, metrics))));
  });
}

/** What the request says it will send; the most that is let in when it does not say. Throws AUDIO_TOO_LARGE. */
function declaredBytes(request: FastifyRequest, maxFileBytes: number): number {
  const mostBytes = maxFileBytes + FORM_OVERHEAD_BYTES;
  const bytes = Number(request.headers['content-length'] ?? mostBytes);
  if (bytes > mostBytes) throw fileTooLarge(maxFileBytes, `a request of ${bytes} bytes`);
  return Math.min(bytes, maxFileBytes);
}

function wantsLogprobs(form: TranscriptionForm): boolean {
  return form.include.includes('logprobs');
}

function transcribeOptions(form: TranscriptionForm): TranscribeOptions {
  const { model, language, languages, prompt, keywords, vocabulary } = form;
  const wantsWords = form.response_format === 'verbose_json' && form.timestamp_granularities.includes('word');
  return TranscribeOptions.parse({
    model: model === undefined || OPENAI_MODEL_ALIASES.includes(model) ? undefined : model,
    // Several languages to choose from are a matter for detection; a single one is a statement.
    language: language ?? (languages.length > 1 ? 'auto' : languages[0]),
    prompt,
    vocabulary: [...vocabulary, ...keywords],
    words: wantsWords || wantsLogprobs(form),
  });
}

function answerWhole(form: TranscriptionForm, transcript: Transcript, reply: FastifyReply): FastifyReply {
  const { response_format: format } = form;
  switch (format) {
    case 'json': {
      const body: TranscriptionJson = {
        text: transcript.text,
        ...(wantsLogprobs(form) && { logprobs: segmentLogprobs(transcript.segments) }),
        usage: durationUsage(transcript.durationSeconds),
      };
      return reply.send(body);
    }
    case 'verbose_json': {
      const granularities = form.timestamp_granularities;
      const parts = {
        segments: granularities.length === 0 || granularities.includes('segment'),
        words: granularities.includes('word'),
      };
      return reply.send(verboseJson(transcript, parts));
    }
    case 'text':
      return reply.type('text/plain; charset=utf-8').send(`${transcript.text}\n`);
    case 'srt':
      return reply.type('application/x-subrip; charset=utf-8').send(formatSrt(cuesOf(transcript.segments)));
    case 'vtt':
      return reply.type('text/vtt; charset=utf-8').send(formatVtt(cuesOf(transcript.segments)));
    default:
      return format satisfies never;
  }
}
