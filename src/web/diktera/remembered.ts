/** Small things that a browser remembers from visit to visit; one that is not allowed to, forgets them. */
export function recall(key: string): string | undefined {
  try {
    return localStorage.getItem(`taltid-${key}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`taltid-${key}`, value);
  } catch {
    // Full or not allowed: it holds until the page is closed.
  }
}
