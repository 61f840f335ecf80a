/**
 * Whether tests of an optional part of the machine (a browser, ffmpeg) are to be skipped.
 * Under TALTID_REQUIRE_ALL=1 a missing part is a failure, so that a skipped test cannot pass for a green one.
 */
export function requirePart(name: string, present: boolean): boolean {
  if (present) return false;
  if (process.env.TALTID_REQUIRE_ALL === '1') {
    throw new Error(`expected ${name} to be installed because TALTID_REQUIRE_ALL=1; it was not found`);
  }
  console.warn(`skipped: tests that need ${name}, which is not installed here`);
  return true;
}
