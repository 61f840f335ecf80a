import { availableParallelism } from 'node:os';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from './contracts/errors.ts';

/** The folder that holds package.json, models/ and dist/. */
export const PROJECT_DIRECTORY = dirname(import.meta.dirname);

const MIB = 1024 * 1024;

function wholeNumber(smallest: number, largest: number) {
  const expected = `a whole number from ${smallest} to ${largest}`;
  return z
    .string()
    .regex(/^\d{1,16}$/, expected)
    .transform(Number)
    .refine((value) => value >= smallest && value <= largest, expected);
}

const hostName = z.string().regex(/^[a-z0-9.:[\]-]+$/i, 'a host name or an IP address');

const hostList = z
  .string()
  .transform((list) => list.split(',').map((host) => host.trim().toLowerCase()))
  .pipe(z.array(hostName));

/** One row a setting: the variable of the environment that sets it and what it may hold. */
const SETTINGS = {
  host: ['TALTID_HOST', hostName],
  port: ['TALTID_PORT', wholeNumber(0, 65_535)],
  allowedHosts: ['TALTID_ALLOWED_HOSTS', hostList],
  dataDirectory: ['TALTID_DATA', z.string()],
  modelHubUrl: [
    'TALTID_MODEL_HUB',
    z.url({ protocol: /^https?$/, error: 'an address that starts with http:// or https://' }),
  ],
  defaultModel: ['TALTID_MODEL', z.string()],
  workers: ['TALTID_WORKERS', wholeNumber(1, 256)],
  queueLimit: ['TALTID_QUEUE_LIMIT', wholeNumber(1, 10_000)],
  maxUploadBytes: ['TALTID_MAX_UPLOAD_BYTES', wholeNumber(1, 4096 * MIB)],
  maxUploadsInFlightBytes: ['TALTID_MAX_UPLOADS_IN_FLIGHT_BYTES', wholeNumber(1, 65_536 * MIB)],
  maxAudioSeconds: ['TALTID_MAX_AUDIO_SECONDS', wholeNumber(1, 86_400)],
  maxLiveSessions: ['TALTID_LIVE_SESSIONS', wholeNumber(1, 1000)],
  liveKeepHours: ['TALTID_LIVE_KEEP_HOURS', wholeNumber(1, 24 * 30)],
  maxLiveJournalsBytes: ['TALTID_LIVE_MAX_BYTES', wholeNumber(1, 65_536 * MIB)],
  logLevel: [
    'TALTID_LOG_LEVEL',
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'fatal, error, warn, info, debug, trace or silent',
    }),
  ],
} as const satisfies Record<string, readonly [string, z.ZodType]>;

type SettingName = keyof typeof SETTINGS;
type Given = { [Name in SettingName]?: z.output<(typeof SETTINGS)[Name][1]> };

export interface Config {
  /** The address to listen on; a loopback address unless the site decides otherwise. */
  readonly host: string;
  /** 0 lets the system choose a free port. */
  readonly port: number;
  /** Names, beside the loopback ones and `host`, that a request may be addressed to (a reverse proxy's). */
  readonly allowedHosts: readonly string[];
  /** Absolute path of what the server keeps: installed models, derived graphs. */
  readonly dataDirectory: string;
  /** A hub or mirror to install models from; the installer's own default when absent. */
  readonly modelHubUrl?: string;
  readonly defaultModel?: string;
  readonly workers: number;
  /** Files that may be under way or waiting at once; the next one is told to come back later. */
  readonly queueLimit: number;
  readonly maxUploadBytes: number;
  /** Bytes of all uploads together that are received or being worked on. */
  readonly maxUploadsInFlightBytes: number;
  readonly maxAudioSeconds: number;
  /** Dictations that may be live at once. */
  readonly maxLiveSessions: number;
  /** How long a live session that was cut off can be taken up again. */
  readonly liveKeepHours: number;
  /** Bytes that the journals of all live sessions may take on the disk. */
  readonly maxLiveJournalsBytes: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Values of the command line, as typed; each wins over the environment. */
export interface ConfigFlags {
  readonly host?: string | undefined;
  readonly port?: string | undefined;
}

/**
 * The settings of this process: command line over environment over defaults. An empty value counts as absent.
 * Throws CONFIG_INVALID naming the setting, what was expected and what came.
 */
export function loadConfig(env: Environment = process.env, flags: ConfigFlags = {}): Config {
  const given = parseGiven(env, { host: flags.host, port: flags.port });
  const maxUploadBytes = given.maxUploadBytes ?? 256 * MIB;
  const config: Config = {
    host: '127.0.0.1',
    port: 8420,
    allowedHosts: [],
    workers: availableParallelism(),
    queueLimit: 32,
    maxUploadsInFlightBytes: 2 * maxUploadBytes,
    maxAudioSeconds: 2 * 3600,
    maxLiveSessions: 32,
    liveKeepHours: 24,
    maxLiveJournalsBytes: 8192 * MIB,
    logLevel: 'info',
    ...given,
    maxUploadBytes,
    dataDirectory: resolve(PROJECT_DIRECTORY, given.dataDirectory ?? 'data'),
  };
  if (config.maxUploadsInFlightBytes < maxUploadBytes) {
    throw new AppError('CONFIG_INVALID', 'TALTID_MAX_UPLOADS_IN_FLIGHT_BYTES is not usable', {
      expected: `at least the size of one upload, ${maxUploadBytes} bytes`,
      got: `${config.maxUploadsInFlightBytes} bytes`,
    });
  }
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

function parseGiven(env: Environment, flags: { [Name in SettingName]?: string | undefined }): Given {
  const given: Record<string, unknown> = {};
  for (const [name, [variable, schema]] of Object.entries(SETTINGS)) {
    const flag = flags[name as SettingName];
    const text = flag ?? env[variable] ?? '';
    if (text === '') continue;
    const parsed = schema.safeParse(text);
    if (!parsed.success) {
      throw new AppError('CONFIG_INVALID', `${flag === undefined ? variable : `--${name}`} is not usable`, {
        expected: parsed.error.issues[0]?.message ?? 'another value',
        got: JSON.stringify(text),
      });
    }
    given[name] = parsed.data;
  }
  return given as Given;
}
