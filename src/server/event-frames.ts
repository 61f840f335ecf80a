import type { TranscriptionStreamEvent } from '../contracts/openai.ts';
import { type ErrorAnswer, openAiErrorBody } from './error-answers.ts';

/**
 * Server-sent events, one `data:` line each: the first, already fetched, and the rest as they come. A failure on the
 * way is reported and becomes the last event.
 */
export async function* eventFrames(
  first: IteratorResult<TranscriptionStreamEvent, void>,
  rest: AsyncIterable<TranscriptionStreamEvent>,
  report: (error: unknown) => ErrorAnswer,
): AsyncGenerator<string, void, undefined> {
  if (!first.done) yield frame(first.value);
  try {
    for await (const event of rest) yield frame(event);
  } catch (error) {
    yield frame({ type: 'error', ...openAiErrorBody(report(error)) });
  }
}

function frame(event: TranscriptionStreamEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}
