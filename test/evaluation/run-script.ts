import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Long enough for a script that recognises all the clips of the fixtures. */
export const SCRIPT_TIMEOUT_MS = 120_000;

export interface Finished {
  readonly exitCode: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a file of scripts/ in a process of its own, to its end, whatever its exit code. */
export function runScript(name: string, args: readonly string[]): Promise<Finished> {
  const path = fileURLToPath(new URL(`../../scripts/${name}`, import.meta.url));
  return new Promise((resolve) => {
    execFile(process.execPath, [path, ...args], { timeout: SCRIPT_TIMEOUT_MS }, (error, stdout, stderr) => {
      resolve({ exitCode: error ? error.code : 0, stdout, stderr });
    });
  });
}
