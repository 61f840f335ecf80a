/** Shared by the tabs of one browser: work in one keeps all signed in. */
const LAST_USE = 'taltid.last-use';
const WRITE_EVERY_MS = 10_000;
const LOOK_EVERY_MS = 15_000;
/** Long before a session ends that is only worked in without asking the server. */
const KEEP_EVERY_MS = 4 * 60_000;
const SIGNS_OF_USE = ['pointerdown', 'keydown', 'wheel', 'input'] as const;

interface IdleWatch {
  readonly idleMs: number;
  /** Somebody works: the server is to know. */
  readonly onUse: () => void;
  /** Nobody has worked for so long that somebody else may sit here. */
  readonly onIdle: () => void;
}

/** Whatever is work without hands, as dictating is. */
export function noteUse(): void {
  const last = Number(localStorage.getItem(LAST_USE));
  if (Math.abs(Date.now() - last) > WRITE_EVERY_MS) localStorage.setItem(LAST_USE, String(Date.now()));
}

/**
 * Tells work from an open page: what a page fetches by itself says nothing about who sits before it. Gives what ends
 * the watch.
 */
export function watchIdle({ idleMs, onUse, onIdle }: IdleWatch): () => void {
  let toldMs = Date.now();
  noteUse();
  const timer = setInterval(() => {
    const lastMs = Number(localStorage.getItem(LAST_USE));
    if (Date.now() - lastMs > idleMs) onIdle();
    else if (lastMs > toldMs && Date.now() - toldMs > KEEP_EVERY_MS) {
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
