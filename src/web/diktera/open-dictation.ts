import type { PageErrorCode } from '../page-error.ts';
import { DictationController } from './dictation-controller.ts';
import { DraftStore } from './draft-store.ts';
import { MemoryStore, type NoteStore } from './note-store.ts';
import type { NoteKeeper } from './opened.ts';

const LOCK = 'taltid-dictation';

export interface Opening {
  readonly mount: HTMLElement;
  /** Of a clinician who is signed in. */
  readonly ownerId?: string | undefined;
  readonly keeper?: NoteKeeper | undefined;
  onLevel(levelDbfs: number): void;
  onOpen(controller: DictationController): void;
  /** A code, or nothing when what was wrong is so no more. */
  onFailure(code: PageErrorCode | undefined): void;
}

/**
 * Opens the note in this tab once no other has it: two tabs that go on with the same sessions would take them from each
 * other.
 */
export async function openDictation(opening: Opening): Promise<void> {
  // There are none without https, nor where pages may keep nothing.
  const held = await navigator.locks?.query().then(
    ({ held = [] }) => held,
    () => undefined,
  );
  if (!held) return open(opening);
  if (held.some(({ name }) => name === LOCK)) opening.onFailure('OTHER_TAB');
  await navigator.locks.request(LOCK, async () => {
    await open(opening);
    // Held until the tab is closed.
    await new Promise(() => {});
  });
}

/** A browser that keeps nothing still dictates: then all is in this page only, which says so. */
async function open(opening: Opening): Promise<void> {
  opening.onFailure(undefined);
  const openWith = async (store: NoteStore, storageFailure: PageErrorCode | undefined) =>
    opening.onOpen(await DictationController.open({ ...opening, store, storageFailure }));
  const store = await DraftStore.open(opening.ownerId).catch(() => undefined);
  if (!store) return openWith(new MemoryStore(), 'STORAGE_MISSING');
  await openWith(store, undefined).catch(() => openWith(new MemoryStore(), 'DRAFT_UNREADABLE'));
}
