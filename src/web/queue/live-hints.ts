import type { EventObject } from '../../contracts/booking-events.ts';
import { ChangeEvent } from '../../contracts/notes-api-events.ts';

const POLL_MS = 5_000;
/** Also while events come: a list that is shown all day is compared now and then. */
const COMPARE_MS = 60_000;
/** Changes that come together are fetched together. */
const GATHER_MS = 250;

/** More than that together, and it may as well have been anything. */
const MOST_TOLD = 500;

/** What changed, one by one; undefined when it may have been anything. */
type Changed = readonly ChangeEvent[] | undefined;

/**
 * Says when something of these kinds may have changed: by the server's events, or every five seconds while there are
 * none. It rests while nobody sees the page. Gives what ends it.
 */
export function startLiveHints(
  onHint: (changed: Changed) => void,
  objects: readonly EventObject[] = ['task', 'question'],
): () => void {
  let changed: Changed = [];
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let events: EventSource | undefined;
  let ticks = 0;
  const hint = (told?: ChangeEvent) => {
    changed = told && changed && changed.length < MOST_TOLD ? [...changed, told] : undefined;
    gathering ??= setTimeout(() => {
      gathering = undefined;
      if (document.hidden) return;
      const told = changed;
      changed = [];
      onHint(told);
    }, GATHER_MS);
  };
  const compare = () => hint();
  const listen = () => {
    events = new EventSource('/api/events');
    events.addEventListener('open', compare);
    events.addEventListener('reset', compare);
    events.addEventListener('change', (event) => {
      const told = ChangeEvent.safeParse(parsed(event.data));
      if (told.data && objects.includes(told.data.object)) hint(told.data);
    });
  };
  const timer = setInterval(() => {
    ticks += 1;
    const isConnected = events?.readyState === EventSource.OPEN;
    if (events?.readyState === EventSource.CLOSED) listen();
    if (!isConnected || (ticks * POLL_MS) % COMPARE_MS === 0) hint();
  }, POLL_MS);
  listen();
  document.addEventListener('visibilitychange', compare);
  return () => {
    clearInterval(timer);
    clearTimeout(gathering);
    events?.close();
    document.removeEventListener('visibilitychange', compare);
  };
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
