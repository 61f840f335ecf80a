const SINGLE_KEYS = 'taltid-queue-single-keys';

/** Whether keys without Ctrl and Alt do anything: whoever speaks to the computer can switch them off. */
export function readSingleKeys(): boolean {
  try {
    return localStorage.getItem(SINGLE_KEYS) !== 'off';
  } catch {
    return true;
  }
}

export function keepSingleKeys(areOn: boolean): void {
  try {
    localStorage.setItem(SINGLE_KEYS, areOn ? 'on' : 'off');
  } catch {
    // It holds until the page is left.
  }
}
