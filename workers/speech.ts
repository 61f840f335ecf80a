import { isMainThread, parentPort } from 'node:worker_threads';
import { AppError } from '../src/contracts/errors.ts';
import type { FromSpeechWorker, ToSpeechWorker } from '../src/contracts/speech-messages.ts';
import { SpeechTaskRunner } from '../src/speech/task-runner.ts';
import { cancelled } from '../src/speech/worker-thread.ts';

/** The thread's side of src/speech/worker-thread.ts: tasks in, results out, one at a time. */
function serve(port: NonNullable<typeof parentPort>): void {
  const runner = new SpeechTaskRunner();
  const running = new Map<number, AbortController>();
  const answer = (message: FromSpeechWorker) => port.postMessage(message);

  async function perform(message: Extract<ToSpeechWorker, { kind: 'task' }>): Promise<void> {
    const controller = new AbortController();
    running.set(message.id, controller);
    try {
      const result = await runner.run(message, controller.signal);
      answer({ kind: 'done', id: message.id, result });
    } catch (thrown) {
      const error = controller.signal.aborted ? cancelled() : AppError.from(thrown);
      answer({ kind: 'failed', id: message.id, error: error.toPlain() });
    } finally {
      running.delete(message.id);
    }
  }

  port.on('message', (message: ToSpeechWorker) => {
    switch (message.kind) {
      case 'task':
        void perform(message);
        break;
      case 'cancel':
        running.get(message.id)?.abort();
        break;
      case 'end':
        process.exit();
        break;
      default:
        message satisfies never;
    }
  });
}

if (isMainThread || !parentPort) throw new Error('expected to run as a worker thread; got the main thread');
serve(parentPort);
