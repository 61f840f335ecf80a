import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** How a hub treats one file. */
export interface Treatment {
  /** The answer pauses, with the connection open, after these many bytes, one entry a request; then no more. */
  pausesAfterBytes?: number[];
  /** Ranges are ignored: every answer is the whole file. */
  ignoresRange?: boolean;
  /** Statuses to answer with before the file is given, one a request. */
  statuses?: number[];
  etag?: string;
  /** Sent as the hub's own promise, on a redirect to the bytes. */
  promisedSha256?: string;
  /** Where to redirect to instead. */
  location?: string;
  /** A length that is announced in place of the true one. */
  announcedBytes?: number;
  /** Served in place of the file. */
  body?: Uint8Array;
}

export interface SeenRequest {
  readonly file: string;
  readonly range: string | undefined;
  readonly status: number;
}

export interface LocalHub {
  readonly url: string;
  readonly requests: SeenRequest[];
  readonly treatments: Record<string, Treatment>;
  /** Cuts the connection of every answer that pauses, once the client has all that was sent of the file. */
  readonly cutAt: (file: string, receivedBytes: number) => void;
}

interface PausedAnswer {
  readonly file: string;
  readonly sentBytes: number;
  readonly response: ServerResponse;
}

/** A hub in Hugging Face's layout, `/{owner}/{name}/resolve/main/{file}`, that serves one folder under any name. */
export async function startHub(folder: string, treatments: Record<string, Treatment> = {}): Promise<LocalHub> {
  const requests: SeenRequest[] = [];
  const paused = new Set<PausedAnswer>();
  const server = createServer((request, response) => {
    const file =
      /\/resolve\/main\/([^/]+)$/.exec(request.url ?? '')?.[1] ?? /^\/bytes\/([^/]+)$/.exec(request.url!)?.[1];
    const served = { path: join(folder, file ?? ''), file: file ?? '', treatment: treatments[file ?? ''] ?? {} };
    const status = file === undefined ? send(response, 404, {}) : answer(request, response, served, paused);
    requests.push({ file: file ?? request.url!, range: request.headers.range, status });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const cutAt = (file: string, receivedBytes: number) => {
    for (const answer of paused) {
      if (answer.file !== file || answer.sentBytes !== receivedBytes) continue;
      paused.delete(answer);
      answer.response.destroy();
    }
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, treatments, cutAt };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { path, file, treatment }: { path: string; file: string; treatment: Treatment },
  paused: Set<PausedAnswer>,
): number {
  const status = treatment.statuses?.shift();
  if (status !== undefined) return send(response, status, {});
  if (treatment.body !== undefined) return send(response, 200, { 'content-type': 'text/html' }, treatment.body);
  if (!existsSync(path)) return send(response, 404, {});
  if (treatment.location !== undefined) return send(response, 302, { location: treatment.location });
  if (treatment.promisedSha256 !== undefined && !request.url!.startsWith('/bytes/')) {
    return send(response, 302, { location: `/bytes/${file}`, 'x-linked-etag': `"${treatment.promisedSha256}"` });
  }

  const sizeBytes = statSync(path).size;
  const etag = treatment.etag ?? `"${file}-${sizeBytes}"`;
  const { range, 'if-range': condition } = request.headers;
  const first = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
  const isRest = first > 0 && condition === etag && !treatment.ignoresRange;
  if (isRest && first >= sizeBytes) return send(response, 416, { 'content-range': `bytes */${sizeBytes}` });

  const start = isRest ? first : 0;
  response.writeHead(isRest ? 206 : 200, {
    etag,
    'content-length': treatment.announcedBytes ?? sizeBytes - start,
    ...(isRest && { 'content-range': `bytes ${start}-${sizeBytes - 1}/${sizeBytes}` }),
  });
  const pauseBytes = treatment.pausesAfterBytes?.shift();
  if (pauseBytes === undefined) {
    createReadStream(path, { start }).pipe(response);
  } else {
    const sentBytes = start + pauseBytes;
    paused.add({ file, sentBytes, response });
    createReadStream(path, { start, end: sentBytes - 1 }).pipe(response, { end: false });
  }
  return isRest ? 206 : 200;
}

function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: Uint8Array = new Uint8Array(),
): number {
  response.writeHead(status, headers).end(body);
  return status;
}
