/** Shared by the tabs of one browser: work in one keeps all signed in. */
const LAST_USE = 'taltid.last-use';
const WRITE_EVERY_MS = 10_000;
const LOOK_EVERY_MS = 15_000;
/** Long before a session ends that is only worked in without asking the server; sooner where sessions are short. */
const KEEP_EVERY_MS = 4 * 60_000;
const KEEPS_A_SESSION = 3;
const SIGNS_OF_USE = ['pointerdown', 'keydown', 'wheel', 'input'] as const;

interface IdleWatch {
  readonly idleMs: number;
  /** Somebody works: the server is to know. */
  readonly onUse: () => void;
  /** Nobody has worked for so long that somebody else may sit here. */
  readonly onIdle: () => void;
}

/** Of this tab, for browsers that let the page keep nothing. */
let ownLastUseMs = 0;

/** Somebody works; also without hands, as by dictating. */
export function noteUse(): void {
  const nowMs = Date.now();
  if (Math.abs(nowMs - lastUseMs()) < WRITE_EVERY_MS) return;
  ownLastUseMs = nowMs;
  try {
    localStorage.setItem(LAST_USE, String(nowMs));
  } catch {
    // The tab's own has to do.
  }
}

function lastUseMs(): number {
  try {
    return Math.max(ownLastUseMs, Number(localStorage.getItem(LAST_USE)));
  } catch {
    return ownLastUseMs;
  }
}

/**
 * Tells work from an open page: what a page fetches by itself says nothing about who sits before it. Gives what ends
 * the watch.
 */
export function watchIdle({ idleMs, onUse, onIdle }: IdleWatch): () => void {
  const keepEveryMs = Math.min(KEEP_EVERY_MS, idleMs / KEEPS_A_SESSION);
  let toldMs = Date.now();
  noteUse();
  const timer = setInterval(() => {
    const lastMs = lastUseMs();
    if (Date.now() - lastMs > idleMs) onIdle();
    else if (lastMs > toldMs && Date.now() - toldMs > keepEveryMs) {
      toldMs = Date.now();
      onUse();
    }
  }, LOOK_EVERY_MS);
  for (const sign of SIGNS_OF_USE) addEventListener(sign, noteUse, { passive: true, capture: true });
  return () => {
    clearInterval(timer);
    for (const sign of SIGNS_OF_USE) removeEventListener(sign, noteUse, { capture: true });
  };
}
