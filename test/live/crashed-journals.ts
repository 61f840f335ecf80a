import { appendFileSync, copyFileSync, existsSync } from 'node:fs';
import { mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The journals as a crash leaves them: what the old process writes afterwards is not there, and the end may be torn. */
export async function leftByCrash(journals: string): Promise<string> {
  const left = await mkdtemp(`${journals}-left-`);
  for (const name of await readdir(journals)) {
    // Renamed since it was listed, which is as if it had been so before.
    const source = [name, name.replace('.journal', '.done')].find((each) => existsSync(join(journals, each)))!;
    copyFileSync(join(journals, source), join(left, source));
    appendFileSync(join(left, source), 'torn');
  }
  return left;
}
