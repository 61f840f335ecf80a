import type { Draft, DraftRequest, LiveCall, LiveSpeech, VoiceAnswer, VoiceRequest } from '../contracts/live-speech.ts';
import type {
  ModelFiles,
  SpeechTaskName,
  SpeechTasks,
  Utterance,
  UtteranceOptions,
} from '../contracts/speech-messages.ts';
import { TASK_TIMEOUTS_MS } from './task-timeouts.ts';
import { packedOptions } from './vocabulary/packed-vocabulary.ts';
import type { TaskPriority } from './waiting-line.ts';
import type { SpeechWorkerPool } from './worker-pool.ts';

/** Live sessions, on the threads that files are recognised on. The sound of a call is its caller's again at once. */
export class LivePool implements LiveSpeech {
  readonly #workers: SpeechWorkerPool;
  readonly #model: () => Promise<ModelFiles>;

  /** @param model that all sessions are recognised with */
  constructor(workers: SpeechWorkerPool, model: () => Promise<ModelFiles>) {
    this.#workers = workers;
    this.#model = model;
  }

  get waitingCalls(): number {
    return this.#workers.waitingLiveTasks;
  }

  voice({ samples, memory }: VoiceRequest, call: LiveCall): Promise<VoiceAnswer> {
    return this.#run('voice', { samples: samples.slice(), memory }, 'voice', call);
  }

  async draft(request: DraftRequest, call: LiveCall): Promise<Draft> {
    const samples = request.samples.slice();
    return this.#run('draft', { ...request, samples, model: await this.#model() }, 'draft', call);
  }

  async recognise(samples: Float32Array, options: UtteranceOptions, call: LiveCall): Promise<Utterance> {
    const copy = samples.slice();
    const request = { samples: copy, options: packedOptions(options), model: await this.#model() };
    return this.#run('recognise', request, 'final', call);
  }

  #run<Name extends SpeechTaskName>(
    name: Name,
    request: SpeechTasks[Name]['request'],
    priority: TaskPriority,
    { owner, signal }: LiveCall,
  ): Promise<SpeechTasks[Name]['result']> {
    const timeoutMs = TASK_TIMEOUTS_MS[name];
    return this.#workers.run(name, request, { owner, priority, timeoutMs, ...(signal && { signal }) });
  }
}
