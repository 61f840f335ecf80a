import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import OpenAI from 'openai';
import { onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { type AppParts, buildApp } from '../../src/server/app.ts';
import { ScriptedTranscriber } from './scripted-transcriber.ts';

export interface RunningApp<T> {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly port: number;
  readonly client: OpenAI;
  readonly transcriber: T;
  readonly logLines: string[];
}

type Clinic = NonNullable<AppParts['clinic']>;
export type TestedClinic = Omit<Clinic, 'publicUrl'> & Partial<Pick<Clinic, 'publicUrl'>>;

export type RunSettings = Partial<AppParts['config']> &
  Pick<AppParts, 'pageDirectory' | 'live' | 'certificate' | 'connectionLimits'> & {
    readonly clinic?: TestedClinic;
    /** A free one when absent. */
    readonly port?: number;
  };

/** What patients type; the test goes there by the port that it has. */
export const PUBLIC_URL = 'https://tid.klinik.test';

/** A server on a free port of this machine, closed when the test has finished. */
export async function runApp(settings?: RunSettings): Promise<RunningApp<ScriptedTranscriber>>;
export async function runApp<T extends AppParts['transcriber']>(
  settings: RunSettings,
  transcriber: T,
): Promise<RunningApp<T>>;
export async function runApp(
  settings: RunSettings = {},
  transcriber: AppParts['transcriber'] = new ScriptedTranscriber(),
) {
  const { pageDirectory, live, clinic, certificate, connectionLimits, port: wanted = 0, ...config } = settings;
  const logLines: string[] = [];
  const app = await buildApp({
    transcriber,
    config: { ...loadConfig({}), ...config },
    logStream: { write: (line) => logLines.push(line) },
    ...(pageDirectory !== undefined && { pageDirectory }),
    ...(live && { live }),
    ...(clinic && { clinic: { publicUrl: PUBLIC_URL, ...clinic } }),
    ...(certificate && { certificate }),
    ...(connectionLimits && { connectionLimits }),
  });
  await app.listen({ host: '127.0.0.1', port: wanted });
  onTestFinished(async () => {
    app.server.closeAllConnections();
    await app.close();
  });
  const { port } = app.server.address() as AddressInfo;
  const url = `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`;
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 0 });
  return { app, url, port, client, transcriber, logLines };
}

/** A file as a client sends it; what is in it matters to the recogniser only. */
export function someFile(bytes: Uint8Array<ArrayBuffer> = new Uint8Array([1, 2, 3])): File {
  return new File([bytes], 'anna-andersson.wav', { type: 'audio/wav' });
}

/** The endpoint with a form made by hand, for what the official client cannot be made to send. */
export function postForm(url: string, fields: readonly (readonly [string, string | File])[]): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return fetch(`${url}/v1/audio/transcriptions`, { method: 'POST', body: form });
}

/** The value of a metric without labels. */
export async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name.replaceAll(/[{}]/g, '\\$&')} (.+)$`, 'm').exec(text)?.[1]);
}
