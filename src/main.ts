import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { type Config, type ConfigFlags, loadConfig, PROJECT_DIRECTORY, recogniserSettings } from './config.ts';
import { AppError } from './contracts/errors.ts';
import { LiveSessions } from './live/sessions.ts';
import { DEFAULT_LIVE_SETTINGS, type LiveSettings } from './live/settings.ts';
import { buildApp } from './server/app.ts';
import { ensurePageBuilt } from './server/page-build.ts';
import { shutDown } from './server/shutdown.ts';
import { startSpeechPool } from './speech/pool.ts';

/** How long requests under way may take to finish after the signal to stop. */
const DRAIN_MS = 20_000;

/** Starts the server and resolves when it listens; it stops on SIGTERM and SIGINT. Throws AppError. */
export async function serve(flags: ConfigFlags = {}): Promise<void> {
  const config = loadConfig(undefined, flags);
  let app: FastifyInstance | undefined;
  // Workers load their model while the page is looked at and the port is opened.
  const transcriber = await startSpeechPool({
    workers: config.workers,
    queueLimit: config.queueLimit,
    ...recogniserSettings(config),
    logger: (event) => app?.log.info(event, 'speech'),
  });
  try {
    const pageDirectory = await ensurePageBuilt(PROJECT_DIRECTORY);
    const live = await LiveSessions.open({
      speech: transcriber.live,
      folder: join(config.dataDirectory, 'live'),
      settings: liveSettings(config),
      log: (event) => app?.log[event.event === 'live-failed' ? 'error' : 'info'](event, 'live'),
    });
    app = await buildApp({ transcriber, live, config, pageDirectory });
    await listen(app, config);
  } catch (error) {
    await app?.close();
    await transcriber.close();
    throw error;
  }
  const listening = app;
  const stop = () => {
    // A second signal finds no listener and ends the process at once.
    process.off('SIGTERM', stop).off('SIGINT', stop);
    listening.log.info({ drainMs: DRAIN_MS }, 'stopping');
    void shutDown(listening, transcriber, DRAIN_MS);
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}

function liveSettings(config: Config): LiveSettings {
  return {
    ...DEFAULT_LIVE_SETTINGS,
    maxSessions: config.maxLiveSessions,
    keepMs: config.liveKeepHours * 3_600_000,
    maxJournalsBytes: config.maxLiveJournalsBytes,
    threads: config.workers,
  };
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const expected = 'a free port and an address of this machine';
    throw new AppError('CONFIG_INVALID', `cannot listen on ${host}:${port}`, { expected, got: reason, cause });
  }
}

/** Runs the server as this process's work: a failure to start is told in one line and by the exit code. */
export async function runServer(flags: ConfigFlags): Promise<void> {
  try {
    await serve(flags);
  } catch (error) {
    const { code, message } = AppError.from(error);
    console.error(`taltid: ${code}: ${message}`);
    process.exitCode = 1;
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { host: { type: 'string' }, port: { type: 'string' } } });
  await runServer(values);
}
