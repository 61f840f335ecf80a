import { afterEach, describe, expect, it } from 'vitest';
import { RunnerProcess } from '../../bench/peers/runner-process.ts';

const running: RunnerProcess[] = [];

afterEach(() => {
  for (const runner of running.splice(0)) runner.stop();
});

/** A runner of a few lines; `answer` is the body of a function of the request. */
async function start(answer: string): Promise<RunnerProcess> {
  const script = `
    const tell = (message) => console.log(JSON.stringify(message));
    tell({ ready: 'test' });
    require('node:readline').createInterface({ input: process.stdin })
      .on('line', (line) => { const request = JSON.parse(line); ${answer} });`;
  const runner = await RunnerProcess.start({ program: process.execPath, args: ['-e', script] });
  running.push(runner);
  return runner;
}

describe('a system in a process of its own', () => {
  it('answers one sound after the other and tells what it is', async () => {
    const runner = await start('tell({ id: request.id, text: request.samplesPath, seconds: 0.5 })');
    expect(runner.about).toBe('test');
    expect(await runner.recognise('a')).toMatchObject({ text: 'a', seconds: 0.5 });
    expect(await runner.recognise('b')).toMatchObject({ text: 'b' });
  });

  it('passes on what went wrong with one sound and goes on', async () => {
    const runner = await start(
      'tell(request.id === 0 ? { id: 0, error: "bad sound" } : { id: request.id, text: "ok", seconds: 0 })',
    );
    await expect(runner.recognise('a')).rejects.toThrow('bad sound');
    expect(await runner.recognise('b')).toMatchObject({ text: 'ok' });
  });

  it('fails with its last words when it dies', async () => {
    const runner = await start('console.error("out of luck"); process.exitCode = 3; process.stdin.destroy();');
    await expect(runner.recognise('a')).rejects.toThrow('out of luck');
  });

  it('is refused when it answers another question or speaks another protocol', async () => {
    const other = await start('tell({ id: 7, text: "", seconds: 0 })');
    await expect(other.recognise('a')).rejects.toThrow('expected an answer to request 0; got one to 7');
    const foreign = await start('tell({ hello: true })');
    await expect(foreign.recognise('a')).rejects.toThrow();
  });

  it('that is not installed fails to start with the reason', async () => {
    await expect(RunnerProcess.start({ program: 'no-such-program', args: [] })).rejects.toThrow('ENOENT');
  });

  it.runIf(process.platform === 'linux')('tells the most memory that it ever held', async () => {
    const runner = await start('tell({ id: request.id, text: "", seconds: 0 })');
    expect(runner.peakMemoryBytes()).toBeGreaterThan(10_000_000);
  });
});
