import { useEffect } from 'react';
import { elementIdOf } from './follow-up-card.tsx';
import type { NoteDesk } from './note-desk.ts';

/** The keys of a clinic's note: all with Alt, so that they write nothing in the text. */
export function useNoteKeys(desk: NoteDesk | undefined): void {
  useEffect(() => {
    if (!desk) return;
    const onDown = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || document.querySelector('dialog[open]')) return;
      const act = ACTIONS[event.code];
      if (!act) return;
      event.preventDefault();
      if (!event.repeat) act(desk);
    };
    addEventListener('keydown', onDown);
    return () => removeEventListener('keydown', onDown);
  }, [desk]);
}

const ACTIONS: Readonly<Record<string, (desk: NoteDesk) => void>> = {
  KeyN: focusNext,
  KeyV: () => document.querySelector<HTMLElement>('.worklist li button')?.focus(),
  KeyT: () => document.querySelector<HTMLElement>('.note [role="textbox"]')?.focus(),
  KeyG: (desk) => void desk.decisions.markSelection(),
  KeyH: openSetAside,
  KeyI: () => document.getElementById('say-none')?.click(),
  KeyS: () => document.getElementById('sign')?.click(),
};

/** Unfolds what was set aside and leads to the first of it. */
function openSetAside(): void {
  const list = document.querySelector<HTMLDetailsElement>('.set-aside');
  if (!list) return;
  list.open = true;
  (list.querySelector<HTMLElement>('button') ?? list.querySelector('summary'))?.focus();
}

/** The first undecided card after the one that has the focus, else the first of all; then the statement, then Sign. */
function focusNext(desk: NoteDesk): void {
  const cards = desk.state.get().note?.followUps ?? [];
  const at = cards.findIndex((card) => document.activeElement?.closest('article')?.id === elementIdOf(card));
  const inTurn = [...cards.slice(at + 1), ...cards.slice(0, at + 1)];
  const next = inTurn.find(({ state }) => state === 'found');
  const element = next ? document.getElementById(elementIdOf(next)) : document.getElementById('say-none');
  (element ?? document.getElementById('sign'))?.focus();
}
