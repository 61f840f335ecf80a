import { Presets, SingleBar } from 'cli-progress';
import type { InstallEvent } from '../src/speech/models/installer.ts';

const MB = 1_000_000;
/** On a file or pipe, a line each time that another tenth of a file has come. */
const PLAIN_STEPS = 10;

const STEPS = {
  converting: 'Converting to 8 bits',
  calibrating: 'Calibrating on speech',
} as const;

/** Shows how an install goes: a bar on a terminal, plain lines elsewhere. */
export class InstallProgress {
  readonly #output: NodeJS.WriteStream;
  #bar: SingleBar | undefined;
  #plainStep = 0;

  constructor(output: NodeJS.WriteStream) {
    this.#output = output;
  }

  show(event: InstallEvent): void {
    switch (event.kind) {
      case 'progress':
        if (this.#output.isTTY) this.#drawBar(event.file, event.doneBytes, event.totalBytes);
        else this.#tellStep(event.file, event.doneBytes, event.totalBytes);
        return;
      case 'retry':
        this.#line(`${event.reason}; trying again in ${event.delayMs / 1000} s`);
        return;
      case 'checked':
        this.#line(`${event.file}  ${megabytes(event.sizeBytes)}  sha256 ${event.sha256}`);
        return;
      case 'step':
        this.#line(`${STEPS[event.step]} ...`);
        return;
      default:
        event satisfies never;
    }
  }

  /** Takes the bar off the screen, whatever state it is in. */
  stop(): void {
    this.#bar?.stop();
    this.#bar = undefined;
    this.#plainStep = 0;
  }

  #line(text: string): void {
    this.stop();
    this.#output.write(`${text}\n`);
  }

  #drawBar(file: string, doneBytes: number, totalBytes: number | undefined): void {
    if (this.#bar === undefined) {
      const format = `${file} {bar} {percentage} % of {total} MB, {eta_formatted} left`;
      this.#bar = new SingleBar({ format, clearOnComplete: true, stream: this.#output }, Presets.shades_classic);
      this.#bar.start(Math.ceil((totalBytes ?? 0) / MB), 0);
    }
    this.#bar.update(Math.floor(doneBytes / MB));
  }

  #tellStep(file: string, doneBytes: number, totalBytes: number | undefined): void {
    if (totalBytes === undefined || totalBytes < PLAIN_STEPS * MB) return;
    const step = Math.floor((doneBytes / totalBytes) * PLAIN_STEPS);
    if (step <= this.#plainStep) return;
    this.#plainStep = step;
    this.#output.write(`${file}  ${megabytes(doneBytes)} of ${megabytes(totalBytes)}\n`);
  }
}

export function megabytes(bytes: number): string {
  return `${(bytes / MB).toFixed(1)} MB`;
}
