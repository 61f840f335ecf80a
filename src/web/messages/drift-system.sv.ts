import type { QueueState } from '../../contracts/operations-api.ts';

const NUMBER = new Intl.NumberFormat('sv-SE', { maximumFractionDigits: 1 });
const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

/** "4,2 GB", "310 MB" */
function size(bytes: number): string {
  return bytes >= GIB ? `${NUMBER.format(bytes / GIB)} GB` : `${Math.ceil(bytes / MIB)} MB`;
}

/** "40 s", "12 min" */
function age(seconds: number): string {
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

export const QUEUE_NAMES: Readonly<Record<keyof QueueState['jobs'], string>> = {
  booking: 'Bokning',
  dictation: 'Inspelade diktat',
  delivery: 'Leveranser',
  letters: 'Brev',
  notices: 'Besked till patienter',
};

/** The words of how the server is doing. */
export const SYSTEM_WORDS = {
  heading: 'Läget',
  unknown: 'okänt',
  size,

  program: 'Programmet',
  version: 'Version',
  runtime: 'Körs av',
  startedAt: 'Startat',
  patients: 'Patienter',
  demo: 'demo: alla är påhittade',
  real: 'riktiga',
  certificate: 'Certifikat',
  until: (day: string) => `till ${day}`,
  plainHttp: 'inget: HTTP utan kryptering, eller en proxy sköter den',

  speech: 'Taltolkning',
  state: 'Läge',
  ready: 'redo',
  starting: 'startar',
  models: 'Modeller',
  noModels: 'ingen',
  usedModel: (name: string) => `${name} (används)`,
  threads: 'Trådar',
  busyOf: (busy: number, all: number) => `${busy} av ${all} arbetar`,
  replaced: 'Ersatta trådar',
  times: (count: number) => (count === 1 ? 'en dog och ersattes' : `${count} dog och ersattes`),
  files: 'Ljudfiler',
  waitingOf: (waiting: number, limit: number) => `${waiting} väntar, plats för ${limit}`,
  live: 'Diktering',
  liveNow: (attended: number, all: number) =>
    all === attended ? `${attended} pågår` : `${attended} pågår, ${all - attended} väntar på att återupptas`,

  jobs: 'Jobb',
  noQueue: 'jobbkön är inte igång',
  board: 'Alla jobb i köerna',
  keptIn: 'Ligger i',
  backends: { postgres: 'databasen', redis: 'Redis' },
  workers: 'Arbetsprocesser',
  jobCounts: (waiting: number, active: number, delayed: number) =>
    waiting + active + delayed === 0 ? 'inget väntar' : `${waiting} väntar, ${active} pågår, ${delayed} senare`,
  outbox: 'På väg till kön',
  outboxOf: (count: number, oldestSeconds: number) =>
    count === 0 ? 'inget' : `${count}, den äldsta har väntat ${age(oldestSeconds)}`,
  deadLetters: 'Gick inte att göra',

  storage: 'Databas och disk',
  database: 'Databas',
  databases: {
    embedded: (version: string) => `inbyggd PostgreSQL ${version}`,
    external: (version: string) => `egen PostgreSQL ${version}`,
  },
  databaseSize: 'Databasens storlek',
  journals: 'Pågående diktat',
  disk: 'Ledigt på disken',
  freeOf: (free: number, total: number) => `${size(free)} av ${size(total)}`,
  noBackup: 'Taltid gör ingen säkerhetskopia. Den som sköter datorn ser till att databasen och datamappen kopieras.',
} as const;
