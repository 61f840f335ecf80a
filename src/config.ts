import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { checkOwnAddress } from './config/public-address.ts';
import {
  addressOrRange,
  hostAndPort,
  hostName,
  listOf,
  onOrOff,
  webAddress,
  wholeNumber,
  yesOrNo,
} from './config/setting-values.ts';
import {
  type MailServer,
  MailServerAddress,
  type SignedAddress,
  SignedServiceAddress,
} from './contracts/delivery-settings.ts';
import { AppError } from './contracts/errors.ts';
import { OpenIdAddress, type OpenIdSettings } from './contracts/openid.ts';
import { GUARDIANS_SEE_UNDER_YEARS } from './contracts/patient-plan.ts';

/** The folder that holds package.json, models/ and dist/. */
export const PROJECT_DIRECTORY = dirname(import.meta.dirname);

const MIB = 1024 * 1024;
const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = 8420;

/** One row a setting: the variable of the environment that sets it and what it may hold. */
const SETTINGS = {
  host: ['TALTID_HOST', hostName],
  port: ['TALTID_PORT', wholeNumber(0, 65_535)],
  allowedHosts: ['TALTID_ALLOWED_HOSTS', listOf(hostName)],
  tlsCert: ['TALTID_TLS_CERT', z.string()],
  tlsKey: ['TALTID_TLS_KEY', z.string()],
  behindProxy: ['TALTID_BEHIND_PROXY', listOf(addressOrRange)],
  publicUrl: ['TALTID_PUBLIC_URL', webAddress],
  insecureHttp: ['TALTID_INSECURE_HTTP', yesOrNo],
  dataDirectory: ['TALTID_DATA', z.string()],
  databaseUrl: [
    'DATABASE_URL',
    z.url({ protocol: /^postgres(ql)?$/, error: 'an address that starts with postgres://' }),
  ],
  redisUrl: ['REDIS_URL', z.url({ protocol: /^rediss?$/, error: 'an address that starts with redis://' })],
  bookingWorkers: ['TALTID_BOOKING_WORKERS', wholeNumber(0, 64)],
  demo: ['TALTID_DEMO', onOrOff],
  sessionHours: ['TALTID_SESSION_HOURS', wholeNumber(1, 24 * 7)],
  sessionIdleMinutes: ['TALTID_SESSION_IDLE_MINUTES', wholeNumber(1, 24 * 60)],
  staffLogin: ['TALTID_STAFF_LOGIN', OpenIdAddress],
  patientLogin: ['TALTID_PATIENT_LOGIN', OpenIdAddress],
  guardiansSeeUnderYears: ['TALTID_GUARDIANS_SEE_UNDER_YEARS', wholeNumber(0, 18)],
  requireKey: ['TALTID_REQUIRE_KEY', onOrOff],
  modelHubUrl: [
    'TALTID_MODEL_HUB',
    z.url({ protocol: /^https?$/, error: 'an address that starts with http:// or https://' }),
  ],
  defaultModel: ['TALTID_MODEL', z.string()],
  vocabulary: ['TALTID_VOCABULARY', z.string()],
  workers: ['TALTID_WORKERS', wholeNumber(1, 256)],
  queueLimit: ['TALTID_QUEUE_LIMIT', wholeNumber(1, 10_000)],
  maxUploadBytes: ['TALTID_MAX_UPLOAD_BYTES', wholeNumber(1, 4096 * MIB)],
  maxUploadsInFlightBytes: ['TALTID_MAX_UPLOADS_IN_FLIGHT_BYTES', wholeNumber(1, 65_536 * MIB)],
  maxAudioSeconds: ['TALTID_MAX_AUDIO_SECONDS', wholeNumber(1, 86_400)],
  maxLiveSessions: ['TALTID_LIVE_SESSIONS', wholeNumber(1, 1000)],
  liveKeepHours: ['TALTID_LIVE_KEEP_HOURS', wholeNumber(1, 24 * 30)],
  maxLiveJournalsBytes: ['TALTID_LIVE_MAX_BYTES', wholeNumber(1, 65_536 * MIB)],
  maxRecordingsBytes: ['TALTID_RECORDINGS_MAX_BYTES', wholeNumber(1, 1_048_576 * MIB)],
  recordingsKeepDays: ['TALTID_RECORDINGS_KEEP_DAYS', wholeNumber(0, 3650)],
  webhookHosts: ['TALTID_WEBHOOK_HOSTS', listOf(hostAndPort)],
  mailServer: ['TALTID_MAIL_SERVER', MailServerAddress],
  smsService: ['TALTID_SMS_SERVICE', SignedServiceAddress],
  digitalPost: ['TALTID_DIGITAL_POST', SignedServiceAddress],
  logLevel: [
    'TALTID_LOG_LEVEL',
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'fatal, error, warn, info, debug, trace or silent',
    }),
  ],
} as const satisfies Record<string, readonly [string, z.ZodType]>;

type SettingName = keyof typeof SETTINGS;
/** Their values hold secrets, which no message repeats. */
const SECRET: ReadonlySet<string> = new Set([
  'databaseUrl',
  'redisUrl',
  'staffLogin',
  'patientLogin',
  'mailServer',
  'smsService',
  'digitalPost',
]);
type Given = { [Name in SettingName]?: z.output<(typeof SETTINGS)[Name][1]> };

export interface Config {
  /** The address to listen on; a loopback address unless the site decides otherwise. */
  readonly host: string;
  /** 0 lets the system choose a free port. */
  readonly port: number;
  /** Names, beside the loopback ones and `host`, that a request may be addressed to: a reverse proxy's, the public one. */
  readonly allowedHosts: readonly string[];
  /** The files that HTTPS is served with; plain HTTP when absent. */
  readonly tls?: TlsFiles;
  /** Addresses and ranges of reverse proxies, whose X-Forwarded-* are believed; nobody's when empty. */
  readonly behindProxy: readonly string[];
  /** What patients type to reach this server, as letters tell it; without a slash at its end. */
  readonly publicUrl: string;
  /** Whether other computers may be served over plain HTTP. */
  readonly insecureHttp: boolean;
  /** Absolute path of what the server keeps: installed models, derived graphs. */
  readonly dataDirectory: string;
  /** A PostgreSQL server instead of the embedded one. */
  readonly databaseUrl?: string;
  /** A Redis for the job queue instead of the database. */
  readonly redisUrl?: string;
  /** Processes that make tasks of requests; with none, those of another server do. */
  readonly bookingWorkers: number;
  /** Whether an empty database is filled with the demo clinic. */
  readonly demo: boolean;
  /** How long a login lasts at most. */
  readonly sessionHours: number;
  /** How long one lasts that is not used. */
  readonly sessionIdleMinutes: number;
  /** Where staff sign in by their organisation, beside passwords. */
  readonly staffLogin?: OpenIdSettings;
  /** Where patients sign in; without it they have the codes of their letters only. */
  readonly patientLogin?: OpenIdSettings;
  /** Until this birthday guardians see what a child has booked, and are written to in its place. */
  readonly guardiansSeeUnderYears: number;
  /** Whether speech is for staff and API keys only; when absent, beyond the server's own computer. */
  readonly requireKey?: boolean;
  /** A hub or mirror to install models from; the installer's own default when absent. */
  readonly modelHubUrl?: string;
  readonly defaultModel?: string;
  /** A list of the site's own terms, expected beside the starter list; absolute path. */
  readonly vocabularyPath?: string;
  readonly workers: number;
  /** Files that may be under way or waiting at once; the next one is told to come back later. */
  readonly queueLimit: number;
  readonly maxUploadBytes: number;
  /** Bytes of all uploads together that are received or being worked on. */
  readonly maxUploadsInFlightBytes: number;
  readonly maxAudioSeconds: number;
  /** Dictations that may be live at once. */
  readonly maxLiveSessions: number;
  /** How long a live session that was cut off can be taken up again, and the sound of one that is done be heard. */
  readonly liveKeepHours: number;
  /** Bytes that the journals of all live sessions may take on the disk. */
  readonly maxLiveJournalsBytes: number;
  /** Bytes that the sound of recorded dictations may take on the disk. */
  readonly maxRecordingsBytes: number;
  /** How long that sound is kept once its note is signed. */
  readonly recordingsKeepDays: number;
  /** Hosts that webhooks may be sent to, as they stand in addresses; none when empty. */
  readonly webhookHosts: readonly string[];
  /** By which patients are told by e-mail that there is a letter; not at all when absent. */
  readonly mailServer?: MailServer;
  /** A service that posts SMS, for the same. */
  readonly smsService?: SignedAddress;
  /** A service that takes letters as digital post. */
  readonly digitalPost?: SignedAddress;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
}

/** Paths of PEM files: the server's certificate, with those between it and its authority after it, and its key. */
export interface TlsFiles {
  readonly certPath: string;
  readonly keyPath: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Values of the command line, as typed; each wins over the environment. */
export interface ConfigFlags {
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly tlsCert?: string | undefined;
  readonly tlsKey?: string | undefined;
  readonly behindProxy?: string | undefined;
  readonly insecureHttp?: boolean | undefined;
  readonly vocabulary?: string | undefined;
  readonly demo?: boolean | undefined;
}

/**
 * The settings of this process: command line over environment over defaults. An empty value counts as absent.
 * Throws CONFIG_INVALID naming the setting, what was expected and what came.
 */
export function loadConfig(env: Environment = process.env, flags: ConfigFlags = {}): Config {
  const { tlsCert, tlsKey, vocabulary, ...given } = parseGiven(env, flags);
  const tls = tlsFiles(tlsCert, tlsKey);
  const maxUploadBytes = given.maxUploadBytes ?? 256 * MIB;
  const config: Config = {
    host: DEFAULT_HOST,
    port: DEFAULT_PORT,
    behindProxy: [],
    insecureHttp: false,
    bookingWorkers: 1,
    demo: true,
    sessionHours: 12,
    sessionIdleMinutes: 30,
    guardiansSeeUnderYears: GUARDIANS_SEE_UNDER_YEARS,
    workers: availableParallelism(),
    queueLimit: 32,
    maxUploadsInFlightBytes: 2 * maxUploadBytes,
    maxAudioSeconds: 2 * 3600,
    maxLiveSessions: 32,
    liveKeepHours: 24,
    maxLiveJournalsBytes: 8192 * MIB,
    maxRecordingsBytes: 32_768 * MIB,
    recordingsKeepDays: 30,
    webhookHosts: [],
    logLevel: 'info',
    ...given,
    allowedHosts: [...(given.allowedHosts ?? []), ...(given.publicUrl ? [new URL(given.publicUrl).hostname] : [])],
    ...(tls && { tls }),
    ...(vocabulary !== undefined && { vocabularyPath: resolve(vocabulary) }),
    maxUploadBytes,
    dataDirectory: resolve(PROJECT_DIRECTORY, given.dataDirectory ?? 'data'),
    publicUrl: given.publicUrl ?? ownAddress(given, tls !== undefined),
  };
  if (config.maxUploadsInFlightBytes < maxUploadBytes) {
    throw new AppError('CONFIG_INVALID', 'TALTID_MAX_UPLOADS_IN_FLIGHT_BYTES is not usable', {
      expected: `at least the size of one upload, ${maxUploadBytes} bytes`,
      got: `${config.maxUploadsInFlightBytes} bytes`,
    });
  }
  if (given.publicUrl === undefined) checkOwnAddress(config);
  return config;
}

/** What the recogniser takes from the settings, whoever starts it; the number of workers is the starter's own affair. */
export function recogniserSettings(config: Config) {
  return {
    dataDirectory: config.dataDirectory,
    maxFileBytes: config.maxUploadBytes,
    maxAudioSeconds: config.maxAudioSeconds,
    ...(config.defaultModel !== undefined && { defaultModel: config.defaultModel }),
  };
}

/** Where the server itself listens: enough for whoever tries it; letters of a real clinic do not go out with it. */
function ownAddress({ host = DEFAULT_HOST, port = DEFAULT_PORT }: Given, hasTls: boolean): string {
  return `${hasTls ? 'https' : 'http'}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

/** Relative to where the command was given, as files on a command line are. */
function tlsFiles(certPath: string | undefined, keyPath: string | undefined): TlsFiles | undefined {
  if (certPath === undefined && keyPath === undefined) return undefined;
  if (certPath !== undefined && keyPath !== undefined) {
    return { certPath: resolve(certPath), keyPath: resolve(keyPath) };
  }
  throw new AppError('CONFIG_INVALID', 'a certificate and its key belong together', {
    expected: 'both --tls-cert (TALTID_TLS_CERT) and --tls-key (TALTID_TLS_KEY), or none',
    got: `only the ${certPath === undefined ? 'key' : 'certificate'}`,
  });
}

function parseGiven(env: Environment, flags: { [Name in SettingName]?: string | boolean | undefined }): Given {
  const given: Record<string, unknown> = {};
  for (const [name, [variable, schema]] of Object.entries(SETTINGS)) {
    const flag = flags[name as SettingName];
    const text = String(flag ?? env[variable] ?? '');
    if (text === '') continue;
    const parsed = schema.safeParse(text);
    if (!parsed.success) {
      throw new AppError('CONFIG_INVALID', `${flag === undefined ? variable : flagName(name)} is not usable`, {
        expected: parsed.error.issues[0]?.message ?? 'another value',
        got: SECRET.has(name) ? 'another form' : JSON.stringify(text),
      });
    }
    given[name] = parsed.data;
  }
  return given as Given;
}

/** tlsCert -> --tls-cert */
function flagName(setting: string): string {
  return `--${setting.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
