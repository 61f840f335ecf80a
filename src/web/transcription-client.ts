import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { OpenAiErrorBody, TranscriptionStreamEvent } from '../contracts/openai.ts';
import { PageError } from './page-error.ts';

/** Sends audio and yields what is recognised, as it comes. Throws PageError; an abort throws the signal's reason. */
export async function* transcribe(audio: Blob, name: string, signal: AbortSignal) {
  const body = new FormData();
  body.append('stream', 'true');
  body.append('response_format', 'verbose_json');
  body.append('file', audio, name);
  const response = await fetch('/v1/audio/transcriptions', { method: 'POST', body, signal });
  if (!response.ok || response.body === null) throw await refusal(response);

  const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  for await (const { data } of events) {
    // The page and the server are of one version, which is why this is not parsed but believed.
    const event: TranscriptionStreamEvent = JSON.parse(data);
    if (event.type === 'error') throw new PageError(event.error.code.toUpperCase());
    yield event;
    if (event.type === 'transcript.text.done') return;
  }
  // A stream that just ends was cut: what came so far is not the whole text.
  throw new PageError('CONNECTION');
}

async function refusal(response: Response): Promise<PageError> {
  const body: Partial<OpenAiErrorBody> = await response.json().catch(() => ({}));
  return new PageError(body.error?.code.toUpperCase() ?? `HTTP_${response.status}`);
}
