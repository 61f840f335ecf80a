import type { TranscriptionStreamEvent } from '../contracts/openai.ts';
import type { Segment, Transcript } from '../contracts/transcript.ts';
import { textIncrement } from '../transcript/text.ts';
import { durationUsage, toMillisecond, wordLogprobs } from '../transcript/verbose-json.ts';

export interface EventParts {
  /** Whether each delta is followed by its segment with its times. */
  readonly segments: boolean;
  readonly logprobs: boolean;
}

/**
 * The events of one recognition as they come about. `run` gets a function to call with each finished segment.
 * Throws what `run` throws.
 */
export async function* transcriptionEvents(
  run: (onSegment: (segment: Segment) => void) => Promise<Transcript>,
  parts: EventParts,
): AsyncGenerator<TranscriptionStreamEvent, void, undefined> {
  let isFirst = true;
  for await (const finding of findings(run)) {
    if ('transcript' in finding) {
      const { text, segments, durationSeconds } = finding.transcript;
      yield {
        type: 'transcript.text.done',
        text,
        ...(parts.logprobs && { logprobs: segmentLogprobs(segments) }),
        usage: durationUsage(durationSeconds),
      };
      return;
    }
    const { segment } = finding;
    const id = `seg_${segment.index}`;
    yield {
      type: 'transcript.text.delta',
      delta: textIncrement(segment, isFirst),
      segment_id: id,
      ...(parts.logprobs && { logprobs: wordLogprobs(segment.words ?? [], isFirst) }),
    };
    if (parts.segments) {
      const [start, end] = [toMillisecond(segment.startSeconds), toMillisecond(segment.endSeconds)];
      yield { type: 'transcript.text.segment', id, start, end, text: segment.text, speaker: '' };
    }
    isFirst = false;
  }
}

/** The log-probabilities of all words of a transcript. */
export function segmentLogprobs(segments: readonly Segment[]) {
  return wordLogprobs(
    segments.flatMap((segment) => segment.words ?? []),
    true,
  );
}

type Finding = { readonly segment: Segment } | { readonly transcript: Transcript };

/**
 * Turns the callback into an iteration. Segments that a slow reader has not fetched wait here; they are never more
 * than the transcript itself, which the audio's greatest length bounds.
 */
function findings(run: (onSegment: (segment: Segment) => void) => Promise<Transcript>): ReadableStream<Finding> {
  let isWanted = true;
  return new ReadableStream<Finding>({
    start(controller) {
      const push = (finding: Finding) => {
        if (isWanted) controller.enqueue(finding);
      };
      run((segment) => push({ segment })).then(
        (transcript) => {
          push({ transcript });
          if (isWanted) controller.close();
        },
        (error) => controller.error(error),
      );
    },
    cancel() {
      isWanted = false;
    },
  });
}
