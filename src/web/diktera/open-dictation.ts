import { PageError } from '../page-error.ts';
import { DictationController } from './dictation-controller.ts';
import { DraftStore } from './draft-store.ts';

const LOCK = 'taltid-dictation';

export interface Opening {
  readonly mount: HTMLElement;
  onLevel(levelDbfs: number): void;
  onOpen(controller: DictationController): void;
  /** A code, or nothing when what was wrong is so no more. */
  onFailure(code: string | undefined): void;
}

/**
 * Opens the note in this tab once no other has it: two tabs that go on with the same sessions would take them from each
 * other.
 */
export async function openDictation(opening: Opening): Promise<void> {
  const open = async () => {
    opening.onFailure(undefined);
    try {
      const store = await DraftStore.open();
      opening.onOpen(await DictationController.open(opening.mount, store, opening.onLevel));
    } catch (cause) {
      opening.onFailure(new PageError('STORAGE_MISSING', { cause }).code);
    }
  };
  // Without https there are no locks, and no microphone either; the page says so when it is asked for one.
  if (!navigator.locks) return open();
  const { held = [] } = await navigator.locks.query();
  if (held.some(({ name }) => name === LOCK)) opening.onFailure(new PageError('OTHER_TAB').code);
  await navigator.locks.request(LOCK, async () => {
    await open();
    // Held until the tab is closed.
    await new Promise(() => {});
  });
}
