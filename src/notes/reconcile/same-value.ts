/** A value's JSON with its keys in order: equal for what says the same. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}

export function sameValue(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}
