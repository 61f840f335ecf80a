import { open, rm, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../contracts/errors.ts';
import { askHub } from './hub.ts';
import { fileBytes } from './model-files.ts';

export interface DownloadLimits {
  /** Longest wait for an answer's headers. */
  readonly answerTimeoutMs: number;
  /** Longest pause between two pieces of a file. */
  readonly idleTimeoutMs: number;
  /** Tries in a row that bring nothing before the download is given up. */
  readonly attempts: number;
  /** Wait before the second try; each further one waits twice as long. */
  readonly firstRetryDelayMs: number;
}

export const DOWNLOAD_LIMITS: DownloadLimits = {
  answerTimeoutMs: 30_000,
  idleTimeoutMs: 30_000,
  attempts: 5,
  firstRetryDelayMs: 1000,
};

/** What must be known of a file, beside its bytes on the disk, to go on with it later. */
export interface ResumePoint {
  /** Strong entity tag or date of the version that the bytes are from; absent when the server named none. */
  readonly validator?: string | undefined;
  /** SHA-256 that the hub promised. */
  readonly sha256?: string | undefined;
}

export interface DownloadRequest {
  readonly url: URL;
  /** The file to fill; what it holds already is gone on with. */
  readonly path: string;
  readonly resume: ResumePoint;
  /** Largest size to accept. */
  readonly limitBytes: number;
  /** Free space to insist on, as a multiple of the file's size: room for the file and for what is made of it. */
  readonly spaceFactor: number;
  readonly limits: DownloadLimits;
  readonly signal: AbortSignal;
  /** Called when the file was emptied for a new version, before its first byte; awaited. */
  readonly onVersion: (resume: ResumePoint) => Promise<void>;
  readonly onProgress: (doneBytes: number, totalBytes: number | undefined) => void;
  readonly onRetry: (reason: string, delayMs: number) => void;
}

/**
 * Downloads one file, or the rest of it. A broken connection is taken up again with a Range request that holds only
 * for the same version of the file (If-Range); a server that ignores it makes the file start again.
 *
 * @throws AppError MODEL_NOT_FOUND when the server has no such file; MODEL_DOWNLOAD when it refuses, stays silent or
 * breaks off too often; DISK_FULL; CANCELLED when the signal fired.
 */
export async function downloadFile(request: DownloadRequest): Promise<ResumePoint> {
  const { limits, signal } = request;
  let resume = request.resume;
  let fruitless = 0;
  let largestBytes = await fileBytes(request.path);
  for (;;) {
    try {
      return await fetchRest({ ...request, resume, onVersion });
    } catch (error) {
      if (signal.aborted) throw new AppError('CANCELLED', 'The download was stopped; the same call goes on with it');
      const failure = asFailure(error, request.url);
      const sizeBytes = await fileBytes(request.path);
      fruitless = sizeBytes > largestBytes ? 1 : fruitless + 1;
      largestBytes = Math.max(largestBytes, sizeBytes);
      if (!failure.retryable || fruitless >= limits.attempts) throw failure;
      const delayMs = limits.firstRetryDelayMs * 2 ** (fruitless - 1);
      request.onRetry(failure.message, delayMs);
      // a cancelled wait is met again at the next try
      await delay(delayMs, undefined, { signal }).catch(() => {});
    }
  }

  async function onVersion(version: ResumePoint): Promise<void> {
    resume = version;
    await request.onVersion(version);
  }
}

/** One request, and its answer written behind what is there. */
async function fetchRest(request: DownloadRequest): Promise<ResumePoint> {
  const { path, resume, limits } = request;
  const haveBytes = resume.validator === undefined ? 0 : await fileBytes(path);
  const range = { range: `bytes=${haveBytes}-`, 'if-range': resume.validator ?? '' };
  const watchdog = new Watchdog(request.signal);
  try {
    watchdog.expectWithin(limits.answerTimeoutMs, request.url);
    const headers = { 'accept-encoding': 'identity', ...(haveBytes > 0 ? range : {}) };
    const { response, sha256 } = await askHub(request.url, headers, watchdog.signal);
    const isRest = continues(response, haveBytes, resume);
    if (isRest === 'complete') return resume;
    if (!isRest && response.status !== 200) throw await refused(request, response, haveBytes);

    const version = isRest ? resume : { validator: validatorOf(response), sha256 };
    const startBytes = isRest ? haveBytes : 0;
    const totalBytes = totalOf(response, startBytes);
    await checkRoom(request, totalBytes, startBytes);
    await using file = await open(path, isRest ? 'a' : 'w');
    if (!isRest) await request.onVersion(version);
    let doneBytes = startBytes;
    for await (const chunk of response.body ?? []) {
      watchdog.expectWithin(limits.idleTimeoutMs, request.url);
      doneBytes += chunk.length;
      if (doneBytes > request.limitBytes) throw tooLarge(request, `more than ${request.limitBytes} bytes`);
      await file.writeFile(chunk);
      request.onProgress(doneBytes, totalBytes);
    }
    if (totalBytes !== undefined && doneBytes !== totalBytes) {
      throw new AppError('MODEL_DOWNLOAD', `${request.url} broke off`, {
        retryable: true,
        expected: `${totalBytes} bytes`,
        got: `${doneBytes} bytes`,
      });
    }
    return version;
  } finally {
    watchdog.stop();
  }
}

/** Whether an answer is the rest of the version that is here; "complete" when nothing is missing of it. */
function continues(response: Response, haveBytes: number, { validator }: ResumePoint): boolean | 'complete' {
  if (haveBytes === 0) return false;
  const contentRange = response.headers.get('content-range') ?? '';
  if (response.status === 416) return contentRange === `bytes */${haveBytes}` && 'complete';
  const sameVersion = [undefined, validator].includes(validatorOf(response));
  return response.status === 206 && sameVersion && contentRange.startsWith(`bytes ${haveBytes}-`);
}

function validatorOf({ headers }: Response): string | undefined {
  const etag = headers.get('etag');
  const strong = etag?.startsWith('"') ? etag : null;
  return strong ?? headers.get('last-modified') ?? undefined;
}

function totalOf({ headers }: Response, startBytes: number): number | undefined {
  // fetch unpacks a compressed body, whose length then says nothing
  if (headers.get('content-encoding') !== null) return undefined;
  const length = headers.get('content-length');
  return length === null ? undefined : startBytes + Number(length);
}

async function checkRoom(request: DownloadRequest, totalBytes: number | undefined, haveBytes: number): Promise<void> {
  if (totalBytes === undefined) return;
  if (totalBytes > request.limitBytes) throw tooLarge(request, `${totalBytes} bytes`);
  await checkFreeSpace(dirname(request.path), totalBytes * request.spaceFactor - haveBytes);
}

/** @throws AppError DISK_FULL when the disk of `folder` has less room than that. */
export async function checkFreeSpace(folder: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  if (freeBytes >= neededBytes) return;
  throw new AppError('DISK_FULL', `The disk of ${folder} has not enough room for the model`, {
    expected: `${Math.ceil(neededBytes)} free bytes`,
    got: `${freeBytes} bytes`,
  });
}

function tooLarge({ url, limitBytes }: DownloadRequest, got: string): AppError {
  return new AppError('MODEL_DOWNLOAD', `${url} is too large`, { expected: `at most ${limitBytes} bytes`, got });
}

async function refused({ url, path }: DownloadRequest, response: Response, haveBytes: number): Promise<AppError> {
  const got = `HTTP status ${response.status}`;
  const { status } = response;
  if (haveBytes > 0 && (status === 206 || status === 416)) {
    // what is here is from no version that the server knows
    await rm(path, { force: true });
    return new AppError('MODEL_DOWNLOAD', `${url} cannot be gone on with and starts again`, { retryable: true, got });
  }
  if (status === 404 || status === 410) return new AppError('MODEL_NOT_FOUND', `${url} does not exist`, { got });
  if (status === 401 || status === 403) {
    const message = `${url} is not given out: there is no such model, or it is not public`;
    return new AppError('MODEL_DOWNLOAD', message, { expected: 'a public model', got });
  }
  const retryable = status >= 500 || status === 408 || status === 425 || status === 429;
  return new AppError('MODEL_DOWNLOAD', `${url} was refused`, { retryable, expected: 'HTTP status 200', got });
}

/** `fetch` reports every trouble with the connection as a TypeError; anything else is no matter of trying again. */
function asFailure(error: unknown, url: URL): AppError {
  if (!(error instanceof TypeError)) return AppError.from(error);
  const reason = error.cause instanceof Error ? error.cause.message : error.message;
  const got = reason === '' ? error.message : reason;
  return new AppError('MODEL_DOWNLOAD', `The connection to ${url.host} failed`, { retryable: true, got, cause: error });
}

/** Ends a request whose server has been silent for too long. */
class Watchdog {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(outer: AbortSignal) {
    this.signal = AbortSignal.any([outer, this.#controller.signal]);
  }

  /** The next sign of life must come within this time. */
  expectWithin(timeoutMs: number, url: URL): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const details = { retryable: true, expected: `a piece within ${timeoutMs} ms` };
      this.#controller.abort(new AppError('MODEL_DOWNLOAD', `${url.host} is silent`, details));
    }, timeoutMs);
  }

  /** Also frees the connection of an answer that was not read to its end. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#controller.abort();
  }
}
