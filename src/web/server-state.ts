import { messages } from './messages.sv.ts';

const STARTING_CHECK_MS = 1000;
const READY_CHECK_MS = 15_000;
const ANSWER_MS = 5000;

type ServerState = 'ready' | 'starting' | 'gone';

const TEXTS: Readonly<Record<ServerState, string>> = {
  ready: messages.serverReady,
  starting: messages.serverStarting,
  gone: messages.serverGone,
};

/** Keeps an element saying whether the server can take work. */
export async function watchServer(target: HTMLElement): Promise<never> {
  for (;;) {
    const state = await askServer();
    target.dataset.state = state;
    if (target.textContent !== TEXTS[state]) target.textContent = TEXTS[state];
    await new Promise((resolve) => setTimeout(resolve, state === 'ready' ? READY_CHECK_MS : STARTING_CHECK_MS));
  }
}

async function askServer(): Promise<ServerState> {
  try {
    const { ok } = await fetch('/health', { signal: AbortSignal.timeout(ANSWER_MS) });
    return ok ? 'ready' : 'starting';
  } catch {
    return 'gone';
  }
}
