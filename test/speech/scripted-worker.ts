import { parentPort } from 'node:worker_threads';
import type { FromSpeechWorker, ToSpeechWorker } from '../../src/contracts/speech-messages.ts';

/**
 * A thread that speaks the workers' protocol and does what the task "prepare" tells it to by its `modelFolder`: a pool
 * meets with it what a recogniser does only by bad luck. Whatever else it is told, it answers with it.
 */
export const COMMANDS = {
  /** Ends the thread as a crash of the runtime does. */
  die: 'die',
  /** Throws where nobody catches. */
  throw: 'throw',
  /** Computes for ever and hears nothing. */
  hang: 'hang',
  /** Waits until it is cancelled. */
  wait: 'wait',
  /** Fails, as a task may, and goes on. */
  fail: 'fail',
} as const;

const answer = (message: FromSpeechWorker) => parentPort?.postMessage(message);

function fail(id: number, code: 'CANCELLED' | 'MODEL_INVALID'): void {
  answer({ kind: 'failed', id, error: { code, message: 'as it was told', retryable: false } });
}

function obey(command: string, id: number): void {
  switch (command) {
    case COMMANDS.die:
      process.exit(3);
      break;
    case COMMANDS.throw:
      setImmediate(() => {
        throw new Error('as it was told');
      });
      break;
    case COMMANDS.hang:
      for (;;);
    case COMMANDS.wait:
      break;
    case COMMANDS.fail:
      fail(id, 'MODEL_INVALID');
      break;
    default: {
      const path = '';
      answer({
        kind: 'done',
        id,
        result: { folder: command, encoderPath: path, decoderPath: path, alignmentPath: path },
      });
    }
  }
}

parentPort?.on('message', (message: ToSpeechWorker) => {
  if (message.kind === 'cancel') fail(message.id, 'CANCELLED');
  else if (message.kind !== 'task') process.exit();
  else if (message.name === 'prepare') obey(message.request.modelFolder, message.id);
});
