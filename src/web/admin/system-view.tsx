import { type ReactNode, useCallback, useEffect } from 'react';
import type { QueueState, SystemState } from '../../contracts/operations-api.ts';
import { ADMIN_MESSAGES } from '../messages/drift.sv.ts';
import { QUEUE_NAMES, SYSTEM_WORDS as words } from '../messages/drift-system.sv.ts';
import { useLoaded } from '../shell/use-loaded.ts';
import { Fetched, ViewHead, type ViewParts } from './view-parts.tsx';

const LOOK_EVERY_MS = 15_000;
/** Below this the database may soon be unable to write. */
const LITTLE_FREE_SHARE = 0.1;

type Fact = readonly [name: string, value: string, isWarning?: boolean];

/** What the server is and how it is doing, kept up to date while somebody looks. */
export function SystemView({ client }: ViewParts) {
  const loaded = useLoaded(
    client,
    useCallback(async () => {
      const [system, queue] = await Promise.all([client.system(), client.queue()]);
      return { system, queue };
    }, [client]),
  );
  const { reload } = loaded;
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && void reload(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);

  return (
    <>
      <ViewHead heading={words.heading} />
      <Fetched of={loaded}>
        {({ system, queue }) => (
          <div className="system">
            <Facts heading={words.program} facts={programFacts(system)} />
            <Facts heading={words.speech} facts={speechFacts(system)} />
            <Facts heading={words.jobs} facts={queue ? jobFacts(queue) : [[words.jobs, words.noQueue, true]]}>
              {queue && (
                <p>
                  <a href="/drift/koer">{words.board}</a>
                </p>
              )}
            </Facts>
            <Facts heading={words.storage} facts={storageFacts(system)}>
              <p className="hint">{words.noBackup}</p>
            </Facts>
          </div>
        )}
      </Fetched>
    </>
  );
}

function Facts({ heading, facts, children }: { heading: string; facts: readonly Fact[]; children?: ReactNode }) {
  return (
    <section>
      <h3>{heading}</h3>
      <dl className="facts">
        {facts.map(([name, value, isWarning]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={isWarning ? 'warned' : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
      {children}
    </section>
  );
}

function programFacts({ version, runtime, startedAt, demo, certificate }: SystemState): Fact[] {
  const ends = certificate?.validUntil;
  return [
    [words.version, version],
    [words.runtime, `Node ${runtime.replace(/^v/, '')}`],
    [words.startedAt, ADMIN_MESSAGES.at(startedAt)],
    [words.patients, demo ? words.demo : words.real],
    ends
      ? [words.certificate, words.until(ADMIN_MESSAGES.day(ends)), ends.getTime() < Date.now()]
      : [words.certificate, words.plainHttp],
  ];
}

function speechFacts({ speech, live }: SystemState): Fact[] {
  const { ready, workers, busyWorkers, replacedWorkers, queuedJobs, queueLimit, models } = speech;
  const named = models.map(({ name, isDefault }) => (isDefault ? words.usedModel(name) : name));
  return [
    [words.state, ready ? words.ready : words.starting, !ready],
    [words.models, named.join(', ') || words.noModels, models.length === 0],
    [words.threads, words.busyOf(busyWorkers, workers)],
    ...(replacedWorkers > 0 ? [[words.replaced, words.times(replacedWorkers), true] as const] : []),
    [words.files, words.waitingOf(queuedJobs, queueLimit)],
    ...(live ? [[words.live, words.liveNow(live.attended, live.sessions)] as const] : []),
  ];
}

function jobFacts({ backend, workers, outbox, jobs, deadLetters }: QueueState): Fact[] {
  const perQueue = Object.entries(jobs).map(
    ([name, { waiting, active, delayed }]): Fact => [
      QUEUE_NAMES[name as keyof typeof jobs],
      words.jobCounts(waiting, active, delayed),
    ],
  );
  return [
    [words.keptIn, words.backends[backend]],
    [words.workers, String(workers)],
    ...perQueue,
    [words.outbox, words.outboxOf(outbox.messages, outbox.oldestAgeSeconds)],
    [words.deadLetters, String(deadLetters), deadLetters > 0],
  ];
}

function storageFacts({ database, disk, live }: SystemState): Fact[] {
  const { kind, version, sizeBytes } = database;
  const isLittle = disk !== null && disk.freeBytes < LITTLE_FREE_SHARE * disk.totalBytes;
  return [
    [words.database, words.databases[kind](version)],
    [words.databaseSize, words.size(sizeBytes)],
    ...(live ? [[words.journals, words.size(live.journalBytes)] as const] : []),
    [words.disk, disk ? words.freeOf(disk.freeBytes, disk.totalBytes) : words.unknown, isLittle || disk === null],
  ];
}
