import { AppError } from '../../contracts/errors.ts';

export const DEFAULT_HUB_URL = 'https://huggingface.co';
const REDIRECT_LIMIT = 5;

/** What a hub answered for a file, after its redirects. */
export interface HubAnswer {
  readonly response: Response;
  /** The file's SHA-256, where the hub tells it, as Hugging Face does for large files. */
  readonly sha256: string | undefined;
}

/** Address of a file in a model's repository. `name` must be a `ModelName`, `file` a plain file name. */
export function hubFileUrl(hubUrl: string, name: string, file: string): URL {
  return new URL(`${hubUrl.replace(/\/+$/, '')}/${name}/resolve/main/${file}`);
}

/**
 * Asks a hub for a file. Redirects are followed here, because the hub's own headers, among them the file's SHA-256,
 * come with the first of them and not with the bytes.
 *
 * @throws AppError MODEL_DOWNLOAD, not retryable, for redirects without end or to another protocol; what `fetch`
 * throws for a broken connection.
 */
export async function askHub(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<HubAnswer> {
  let at = url;
  let sha256: string | undefined;
  for (let redirects = 0; redirects <= REDIRECT_LIMIT; redirects++) {
    const response = await fetch(at, { headers, signal, redirect: 'manual' });
    sha256 ??= sha256Of(response.headers.get('x-linked-etag'));
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || response.status === 304 || location === null) {
      return { response, sha256 };
    }
    await response.body?.cancel();
    at = redirectTarget(at, location);
  }
  throw new AppError('MODEL_DOWNLOAD', `${url} redirects without end`, { expected: `${REDIRECT_LIMIT} at most` });
}

function redirectTarget(from: URL, location: string): URL {
  const target = URL.parse(location, from.href);
  const isKnown = target?.protocol === 'https:' || (target?.protocol === 'http:' && from.protocol === 'http:');
  if (target === null || !isKnown) {
    throw new AppError('MODEL_DOWNLOAD', `${from.host} redirects to an address that is not to be trusted`, {
      expected: from.protocol === 'https:' ? 'an https address' : 'an http or https address',
      got: location.slice(0, 200),
    });
  }
  return target;
}

function sha256Of(etag: string | null): string | undefined {
  return /^"?([0-9a-f]{64})"?$/.exec(etag ?? '')?.[1];
}
