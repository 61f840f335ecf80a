import { ChangeEvent } from '../../contracts/notes-api-events.ts';

const POLL_MS = 5_000;
/** Also while events come: a list that is shown all day is compared now and then. */
const COMPARE_MS = 60_000;
/** Changes that come together are fetched together. */
const GATHER_MS = 250;

/**
 * Says when something may have changed: by the server's events, or every five seconds while there are none. It rests
 * while nobody sees the page. Gives what ends it.
 */
export function startLiveHints(onHint: () => void): () => void {
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let events: EventSource | undefined;
  let ticks = 0;
  const hint = () => {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      if (!document.hidden) onHint();
    }, GATHER_MS);
  };
  const listen = () => {
    events = new EventSource('/api/events');
    events.addEventListener('open', hint);
    events.addEventListener('reset', hint);
    events.addEventListener('change', (event) => {
      const told = ChangeEvent.safeParse(parsed(event.data));
      if (told.data?.object === 'task' || told.data?.object === 'question') hint();
    });
  };
  const timer = setInterval(() => {
    ticks += 1;
    const isConnected = events?.readyState === EventSource.OPEN;
    if (events?.readyState === EventSource.CLOSED) listen();
    if (!isConnected || (ticks * POLL_MS) % COMPARE_MS === 0) hint();
  }, POLL_MS);
  listen();
  document.addEventListener('visibilitychange', hint);
  return () => {
    clearInterval(timer);
    clearTimeout(gathering);
    events?.close();
    document.removeEventListener('visibilitychange', hint);
  };
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
