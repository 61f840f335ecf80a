import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PROJECT_DIRECTORY } from '../../src/config.ts';

function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [join(PROJECT_DIRECTORY, 'src/main.ts'), ...args], { cwd: PROJECT_DIRECTORY });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

/** The address that the server's log names. */
async function listeningAt(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (address !== undefined) return address;
  }
  throw new Error('expected the server to say where it listens; its log ended');
}

describe('the server as npm start runs it', () => {
  test('becomes ready, serves the page, and ends cleanly on SIGTERM', async () => {
    const child = start('--port', '0');
    const url = await listeningAt(child);
    await expect.poll(async () => (await fetch(`${url}/health`)).status, { timeout: 50_000 }).toBe(200);
    const page = await fetch(url);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('<h1>Taltid</h1>');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('says in one line that its port is taken, and exits with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => {
      other.close();
    });
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const child = start('--port', port);
    let err = '';
    child.stderr?.on('data', (chunk) => {
      err += chunk;
    });
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(err).toMatch(
      /^taltid: CONFIG_INVALID: cannot listen on 127\.0\.0\.1:\d+; expected a free port.*EADDRINUSE.*\n$/,
    );
  });
});
