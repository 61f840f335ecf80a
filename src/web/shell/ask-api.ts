import type { z } from 'zod';
import { CSRF_HEADER } from '../../contracts/access-api.ts';
import { Problem } from '../../contracts/problem.ts';
import { PageError } from '../page-error.ts';

const TIMEOUT_MS = 15_000;

interface Asking {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** A file goes as it is; anything else as JSON. */
  readonly body?: unknown;
  /** Of the session; changing requests of signed-in staff need it. */
  readonly csrfToken?: string | null;
  /** What is changed, for If-Match. */
  readonly version?: number;
  /** For what the server takes long to do. */
  readonly timeoutMs?: number;
  /** Goes on when the page is left. */
  readonly keepalive?: boolean;
}

/** Asks the server's own interface; sound comes as its bytes. Throws PageError with the server's code, or CONNECTION. */
export async function askApi<Answer extends z.ZodType>(
  path: string,
  answers: Answer,
  { method = 'GET', body, csrfToken, version, timeoutMs = TIMEOUT_MS, keepalive = false }: Asking = {},
): Promise<z.output<Answer>> {
  try {
    const answer = await fetch(path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': body instanceof Blob ? body.type : 'application/json' }),
        ...(csrfToken && { [CSRF_HEADER]: csrfToken }),
        ...(version !== undefined && { 'if-match': `"${version}"` }),
      },
      ...(body !== undefined && { body: body instanceof Blob ? body : JSON.stringify(body) }),
      keepalive,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const told: unknown = await bodyOf(answer);
    if (answer.ok) return answers.parse(told);
    throw new PageError(Problem.safeParse(told).data?.code ?? 'INTERNAL');
  } catch (error) {
    throw PageError.from(error);
  }
}

function bodyOf(answer: Response): Promise<unknown> {
  if (answer.status === 204) return Promise.resolve(undefined);
  return answer.headers.get('content-type')?.startsWith('audio/') ? answer.arrayBuffer() : answer.json();
}
