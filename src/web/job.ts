import type { TranscriptionStreamEvent } from '../contracts/openai.ts';
import type { Cue } from '../transcript/cues.ts';

/** What has been recognised of one recording or file. */
interface Recognised {
  readonly name: string;
  readonly text: string;
  readonly cues: readonly Cue[];
}

/** What the page is doing. */
export type Job =
  | { readonly phase: 'idle' }
  | { readonly phase: 'opening' }
  | { readonly phase: 'recording' }
  | ({ readonly phase: 'working' | 'done' | 'cancelled' } & Recognised)
  | ({ readonly phase: 'failed'; readonly code: string } & Recognised);

export type JobEvent =
  | { readonly type: 'microphone-asked' }
  | { readonly type: 'recording-started' }
  | { readonly type: 'sent'; readonly name: string }
  | { readonly type: 'cancelled' }
  | { readonly type: 'failed'; readonly code: string }
  | TranscriptionStreamEvent;

const NOTHING: Recognised = { name: '', text: '', cues: [] };

/** The next state of the page's work. */
export function step(job: Job, event: JobEvent): Job {
  const recognised: Recognised = 'text' in job ? { name: job.name, text: job.text, cues: job.cues } : NOTHING;
  switch (event.type) {
    case 'microphone-asked':
      return { phase: 'opening' };
    case 'recording-started':
      return { phase: 'recording' };
    case 'sent':
      return { phase: 'working', ...NOTHING, name: event.name };
    case 'transcript.text.delta':
      return { phase: 'working', ...recognised, text: recognised.text + event.delta };
    case 'transcript.text.segment': {
      const cue = { startSeconds: event.start, endSeconds: event.end, text: event.text };
      return { phase: 'working', ...recognised, cues: [...recognised.cues, cue] };
    }
    case 'transcript.text.done':
      return { phase: 'done', ...recognised, text: event.text };
    case 'cancelled':
      return job.phase === 'working' ? { phase: 'cancelled', ...recognised } : { phase: 'idle' };
    case 'failed':
      return { phase: 'failed', ...recognised, code: event.code };
    case 'error':
      return { phase: 'failed', ...recognised, code: event.error.code };
    default:
      return event satisfies never;
  }
}
