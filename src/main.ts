import { join } from 'node:path';
import { Command } from 'commander';
import type { FastifyInstance } from 'fastify';
import { DEMO_PASSWORD } from './access/demo-accounts.ts';
import { OpenIdProvider } from './access/openid/provider.ts';
import { hashPassword } from './access/passwords.ts';
import type { SessionLengths } from './access/sessions.ts';
import { newToken } from './access/tokens.ts';
import { Background, type BackgroundEvent } from './background.ts';
import { withServeOptions } from './cli/serve-options.ts';
import { readVocabulary, starterVocabulary } from './cli/vocabulary-file.ts';
import { type Config, type ConfigFlags, loadConfig, PROJECT_DIRECTORY, recogniserSettings } from './config.ts';
import { AppError } from './contracts/errors.ts';
import { sendDemoLetters } from './delivery/demo-letters.ts';
import { stockholmClockAt } from './followup/calendar/local-time.ts';
import { LiveSessions } from './live/sessions.ts';
import { DEFAULT_LIVE_SETTINGS, type LiveSettings } from './live/settings.ts';
import { BookingQueue } from './queue/booking-queue.ts';
import { SoundStore } from './recorded/sound-store.ts';
import { buildApp } from './server/app.ts';
import { ensurePageBuilt } from './server/page-build.ts';
import { checkReach, urlHost } from './server/reach.ts';
import { ServerCertificate } from './server/server-certificate.ts';
import { shutDown } from './server/shutdown.ts';
import { VocabularyLists } from './server/vocabulary/vocabulary-lists.ts';
import { startSpeechPool } from './speech/pool.ts';
import { seedDemo } from './storage/demo/seed-demo.ts';
import { hasNoStaff } from './storage/repositories/staff.ts';
import { Storage } from './storage/storage.ts';

/** How long requests under way may take to finish after the signal to stop. */
const DRAIN_MS = 20_000;

/** Starts the server and resolves when it listens; it stops on SIGTERM and SIGINT. Throws AppError. */
export async function serve(flags: ConfigFlags = {}): Promise<void> {
  const config = loadConfig(undefined, flags);
  checkReach(config);
  let app: FastifyInstance | undefined;
  const certificate =
    config.tls &&
    (await ServerCertificate.open({
      files: config.tls,
      log: (event) => app?.log[event.event === 'tls-renewed' ? 'info' : 'warn'](event, 'certificate'),
    }));
  const shipped = await starterVocabulary();
  const site = config.vocabularyPath === undefined ? [] : await readVocabulary(config.vocabularyPath);
  // Workers load their model while the page is looked at and the port is opened.
  const transcriber = await startSpeechPool({
    workers: config.workers,
    queueLimit: config.queueLimit,
    ...recogniserSettings(config),
    logger: (event) => app?.log.info(event, 'speech'),
  });
  let storage: Storage | undefined;
  let queue: BookingQueue | undefined;
  let vocabulary: VocabularyLists | undefined;
  let background: Background | undefined;
  try {
    const [opened, pageDirectory] = await Promise.all([openStorage(config), ensurePageBuilt(PROJECT_DIRECTORY)]);
    storage = opened;
    vocabulary = await VocabularyLists.open(storage, { site, shipped });
    const live = await LiveSessions.open({
      speech: transcriber.live,
      folder: join(config.dataDirectory, 'live'),
      vocabulary: vocabulary.source,
      settings: liveSettings(config),
      log: (event) => app?.log[event.event === 'live-failed' ? 'error' : 'info'](event, 'live'),
    });
    const onQueueEvent = (event: BackgroundEvent) =>
      app?.log[event.event === 'queue-worker-ready' ? 'info' : 'warn'](event, 'queue');
    const setupCode = (await hasNoStaff(storage.plain)) ? newToken() : undefined;
    queue = await BookingQueue.open({
      storage,
      redisUrl: config.redisUrl,
      workers: config.bookingWorkers,
      workerScript: join(PROJECT_DIRECTORY, 'workers', 'booking.ts'),
      log: onQueueEvent,
    });
    const sounds = await SoundStore.open({
      folder: join(config.dataDirectory, 'recordings'),
      maxFileBytes: config.maxUploadBytes,
      maxStoredBytes: config.maxRecordingsBytes,
    });
    const { webhookHosts } = config;
    const shared = { storage, queue, sounds, webhookHosts };
    const { digitalPost } = config;
    const clinic = {
      ...shared,
      vocabulary,
      digitalPost,
      setupCode,
      publicUrl: config.publicUrl,
      sessionLengths: sessionLengths(config),
      staffLogin: config.staffLogin && new OpenIdProvider(config.staffLogin),
      patientLogin: config.patientLogin && new OpenIdProvider(config.patientLogin),
    };
    app = await buildApp({ transcriber, live, clinic, config, pageDirectory, ...(certificate && { certificate }) });
    await queue.start();
    background = await Background.start({
      ...shared,
      transcriber,
      vocabulary: vocabulary.source,
      keepSoundsMs: config.recordingsKeepDays * 24 * 3_600_000,
      publicUrl: config.publicUrl,
      patientsSignIn: config.patientLogin !== undefined,
      letters: { mail: config.mailServer, sms: config.smsService, digitalPost },
      log: onQueueEvent,
    });
    await listen(app, config);
    if (setupCode !== undefined) app.log.warn({ page: setupPage(app, config, setupCode) }, 'nobody has an account yet');
  } catch (error) {
    await app?.close();
    await background?.close();
    await transcriber.close();
    await queue?.close();
    await vocabulary?.close();
    await storage?.close();
    throw error;
  }
  const [listening, started] = [app, background];
  const stop = () => {
    // A second signal finds no listener and ends the process at once.
    process.off('SIGTERM', stop).off('SIGINT', stop);
    listening.log.info({ drainMs: DRAIN_MS }, 'stopping');
    void shutDown(listening, [started, transcriber, queue, vocabulary, storage], DRAIN_MS);
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  if (certificate) process.on('SIGHUP', () => void certificate.renew());
}

/** Where the first account is made; the code behind # is not sent when the page is fetched. */
function setupPage(app: FastifyInstance, { host, tls }: Config, setupCode: string): string {
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : '';
  return `${tls ? 'https' : 'http'}://${urlHost(host)}:${port}/inloggning#kod=${setupCode}`;
}

function sessionLengths({ sessionHours, sessionIdleMinutes }: Config): SessionLengths {
  return { longestMs: sessionHours * 3_600_000, idleMs: sessionIdleMinutes * 60_000 };
}

/** An empty database is filled with the demo clinic, unless that is switched off. */
async function openStorage(config: Config): Promise<Storage> {
  const { dataDirectory, databaseUrl, guardiansSeeUnderYears, demo, publicUrl } = config;
  const storage = await Storage.open({ dataDirectory, databaseUrl, guardiansSeeUnderYears });
  try {
    const nowMs = Date.now();
    const { date: today } = stockholmClockAt(nowMs);
    const isNew = demo && (await seedDemo(storage, { passwordHash: await hashPassword(DEMO_PASSWORD), today }));
    if (isNew) await sendDemoLetters(storage, { nowMs, publicUrl });
    return storage;
  } catch (error) {
    await storage.close();
    throw error;
  }
}

function liveSettings(config: Config): LiveSettings {
  return {
    ...DEFAULT_LIVE_SETTINGS,
    maxSessions: config.maxLiveSessions,
    keepMs: config.liveKeepHours * 3_600_000,
    keepDoneMs: config.liveKeepHours * 3_600_000,
    maxJournalsBytes: config.maxLiveJournalsBytes,
    threads: config.workers,
  };
}

async function listen(app: FastifyInstance, { host, port, tls }: Config): Promise<void> {
  // The framework takes every server that it did not make itself for plain HTTP.
  const listenTextResolver = (address: string) =>
    `Server listening at ${tls ? address.replace(/^http:/, 'https:') : address}`;
  try {
    await app.listen({ host, port, listenTextResolver });
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
  await runServer(withServeOptions(new Command('npm start --')).parse().opts());
}
