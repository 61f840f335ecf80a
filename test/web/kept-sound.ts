import type { Page } from 'playwright-core';

export interface KeptSound {
  readonly sampleRateHz: number;
  readonly frames: readonly Int16Array[];
}

/** Reads what the page keeps in the browser, under the names that it gives it. */
const OPENED = `new Promise((resolve, reject) => {
  const opening = indexedDB.open('taltid-dictation');
  opening.onsuccess = () => resolve(opening.result);
  opening.onerror = () => reject(opening.error);
})`;
const read = (store: string, how: string) => `(async () => {
  const database = await ${OPENED};
  const request = database.transaction('${store}').objectStore('${store}').${how}();
  await new Promise((resolve) => { request.onsuccess = resolve; });
  database.close();
  return request.result;
})()`;

/** How much sound of this note the page has heard, in frames of a tenth of a second. */
export function keptFrameCount(page: Page): Promise<number> {
  return page.evaluate(read('frames', 'count'));
}

/** All sound of the note's one session, as the page heard it. */
export async function keptSound(page: Page): Promise<KeptSound> {
  const sessions = await page.evaluate<{ sampleRateHz: number }[]>(read('sessions', 'getAll'));
  if (sessions.length !== 1) throw new Error(`expected one session; got ${sessions.length}`);
  const frames = await page.evaluate<string[]>(
    `${read('frames', 'getAll')}.then((frames) => frames.map((frame) => frame.toBase64()))`,
  );
  return {
    sampleRateHz: sessions[0]!.sampleRateHz,
    frames: frames.map((frame) => new Int16Array(new Uint8Array(Buffer.from(frame, 'base64')).buffer)),
  };
}
