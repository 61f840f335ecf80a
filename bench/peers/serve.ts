import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Samples } from '../audio.ts';
import { type Answer, type Ready, Request } from './protocol.ts';

/** All that a system under test has to offer. */
export interface Recogniser<Input> {
  /** The sound (16 kHz) in the form that the system takes; not timed. */
  prepare(samples: Samples): Input;
  recognise(input: Input): Promise<string>;
}

/** The runner's side of the protocol, until its input ends. */
export async function serve<Input>(name: string, recogniser: Recogniser<Input>): Promise<void> {
  const tell = (message: Ready | Answer) => process.stdout.write(`${JSON.stringify(message)}\n`);
  tell({ ready: name });
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, samplesPath } = Request.parse(JSON.parse(line));
    try {
      const input = recogniser.prepare(readSamples(samplesPath));
      const startMs = performance.now();
      const text = await recogniser.recognise(input);
      tell({ id, text, seconds: (performance.now() - startMs) / 1000 });
    } catch (error) {
      tell({ id, error: String(error) });
    }
  }
}

function readSamples(path: string): Samples {
  const bytes = new Uint8Array(readFileSync(path));
  return new Float32Array(bytes.buffer);
}
