import type { Node } from 'prosemirror-model';
import { type EditorState, Plugin } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { type Provisional, speechOf } from './speech-point.ts';

/** Draws provisional words at the place where speech goes. They are no part of the note, and nothing above them moves. */
export function speechDrawing(): Plugin {
  return new Plugin({ props: { decorations: draw } });
}

function draw(state: EditorState): DecorationSet {
  const { at, provisional, isShown } = speechOf(state);
  const { stable, tail } = provisional;
  const decorations: Decoration[] = [];
  if (isShown || stable !== '' || tail !== '') {
    const space = spaceBefore(state.doc, at.from, stable || tail);
    const key = JSON.stringify([space, stable, tail, isShown]);
    const render = () => provisionalElement(space, provisional, isShown);
    decorations.push(Decoration.widget(at.from, render, { key, side: 1, ignoreSelection: true }));
  }
  if (at.to > at.from) decorations.push(Decoration.inline(at.from, at.to, { class: 'field' }));
  return DecorationSet.create(state.doc, decorations);
}

function spaceBefore(doc: Node, position: number, text: string): string {
  const $position = doc.resolve(position);
  const before = $position.parent.textContent.slice(0, $position.parentOffset);
  return /(^|\s)$/.test(before) || /^\s*[.,:;?!)]/.test(text) ? '' : ' ';
}

/**
 * Not for screen readers: partial words change several times a second. The words are announced when they are committed.
 */
function provisionalElement(space: string, { stable, tail }: Provisional, isShown: boolean): HTMLElement {
  const element = document.createElement('span');
  element.className = isShown ? 'provisional shown' : 'provisional';
  element.setAttribute('aria-hidden', 'true');
  const parts = [
    ['stable', stable],
    ['tail', tail],
  ] as const;
  let lead = space;
  for (const [className, text] of parts) {
    if (text.trim() === '') continue;
    const part = document.createElement('span');
    part.className = className;
    part.textContent = lead + text.trim();
    lead = ' ';
    element.append(part);
  }
  return element;
}
