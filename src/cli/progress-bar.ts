import cliProgress from 'cli-progress';

export interface ProgressBar {
  /** How much of a file is done, 0 to 1. */
  report(file: string, fraction: number): void;
  /** Takes the bar away while something is written to the same terminal. */
  aside(write: () => void): void;
  stop(): void;
}

/** A bar over all files together, on standard error when that is a terminal; else nothing is shown. */
export function startProgressBar(fileCount: number): ProgressBar {
  if (!process.stderr.isTTY) return { report() {}, aside: (write) => write(), stop() {} };

  const bar = new cliProgress.SingleBar({
    format: '{bar} {percentage} % | {done} of {files} files',
    hideCursor: true,
    clearOnComplete: true,
  });
  const fractions = new Map<string, number>();
  let value = 0;
  let payload = { done: 0, files: fileCount };
  bar.start(fileCount, value, payload);
  return {
    report(file, fraction) {
      fractions.set(file, fraction);
      const all = [...fractions.values()];
      value = all.reduce((sum, part) => sum + part, 0);
      payload = { done: all.filter((part) => part === 1).length, files: fileCount };
      bar.update(value, payload);
    },
    // Stopping puts the cursor back to where the bar was started, so it must be started anew below what was written.
    aside(write) {
      bar.stop();
      write();
      bar.start(fileCount, value, payload);
    },
    stop: () => bar.stop(),
  };
}
