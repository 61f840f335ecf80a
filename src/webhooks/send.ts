import { signatureHeaders } from './signature.ts';

/** What came of an attempt: a status of the receiver's, or why there is none. */
export interface SendOutcome {
  readonly isDelivered: boolean;
  readonly status: number | null;
  readonly problem: string | null;
  /** Whether the time ran out. */
  readonly isLate: boolean;
  /** What the receiver asks to wait for. */
  readonly retryAfterMs: number | undefined;
}

export interface Sending {
  readonly url: string;
  readonly secret: string;
  /** Of the delivery. */
  readonly id: string;
  readonly body: string;
  readonly timeoutMs: number;
  readonly now: Date;
}

const USER_AGENT = 'Taltid-Webhooks/1';

/** The words of undici's codes; the rest is told by its code. */
const PROBLEMS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection lost',
  UND_ERR_SOCKET: 'connection lost',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'host not found',
  UND_ERR_HEADERS_OVERFLOW: 'answer too large',
};

/**
 * Sends one message and looks at nothing but the status: no redirect is followed, and of the answer's body not a byte is
 * read.
 */
export async function send({ url, secret, id, body, timeoutMs, now }: Sending): Promise<SendOutcome> {
  const unixSeconds = Math.floor(now.getTime() / 1000);
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': USER_AGENT,
        ...signatureHeaders(secret, { id, unixSeconds, body }),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { ok: isDelivered, status, headers } = answer;
    await answer.body?.cancel().catch(() => undefined);
    const retryAfterMs = retryAfter(headers.get('retry-after'), now);
    return { isDelivered, status, problem: isDelivered ? null : `status ${status}`, isLate: false, retryAfterMs };
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    return { isDelivered: false, status: null, problem: problemOf(error), isLate, retryAfterMs: undefined };
  }
}

function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return 'not sent';
  if (error.name === 'TimeoutError') return 'no answer in time';
  const code = error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : '';
  return PROBLEMS[code] ?? (code === '' ? 'not sent' : code);
}

/** Seconds, or a date. */
function retryAfter(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const untilMs = Date.parse(header);
  return Number.isNaN(untilMs) ? undefined : Math.max(0, untilMs - now.getTime());
}
