/** Where a patient reads and answers letters. */
export function answerAddress(publicUrl: string): string {
  return new URL('/min-tid', publicUrl).href;
}
