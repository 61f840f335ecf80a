import { z } from 'zod';

/** Long enough to find one's telephone, short enough that a forgotten one is of no use. */
const LONGEST_MS = 10 * 60_000;
export const LOGIN_FLOW_SECONDS = LONGEST_MS / 1000;

/**
 * A sign-in under way, kept in the browser that began it and nowhere else: an answer that another browser brings, or a
 * second time, has none to go with.
 */
export const LoginFlow = z.object({
  state: z.string().min(1).max(200),
  nonce: z.string().min(1).max(200),
  codeVerifier: z.string().min(43).max(128),
  begunMs: z.number(),
  /** Where one wanted to go; whoever leads there looks at it first. */
  target: z.string().max(500),
});
export type LoginFlow = z.infer<typeof LoginFlow>;

/** As the value of a cookie. */
export function writeFlow(flow: LoginFlow): string {
  return Buffer.from(JSON.stringify(flow)).toString('base64url');
}

/** The sign-in that an answer with `state` belongs to; undefined where this browser has none, or an old one. */
export function readFlow(cookie: string | undefined, state: string | undefined, nowMs: number): LoginFlow | undefined {
  const flow = LoginFlow.safeParse(parsed(cookie)).data;
  if (flow === undefined || flow.state !== state) return undefined;
  return nowMs - flow.begunMs < LONGEST_MS ? flow : undefined;
}

function parsed(cookie: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(cookie ?? '', 'base64url').toString());
  } catch {
    return undefined;
  }
}
