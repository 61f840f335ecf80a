import { Plugin } from 'prosemirror-state';

/** Tells which follow-up's words the pointer is on; nothing again once it has left them. */
export function followUpPointing(onPoint: (id: string | undefined) => void): Plugin {
  let pointed: string | undefined;
  // What the pointer never lit here it does not put out: a card beside the text may have the focus.
  const pointAt = (id: string | undefined) => {
    if (id === pointed) return;
    pointed = id;
    onPoint(id);
  };
  return new Plugin({
    props: {
      handleDOMEvents: {
        mouseover: (_view, { target }) => pointAt(idOf(target)),
        mouseleave: () => pointAt(undefined),
      },
    },
  });
}

function idOf(target: EventTarget | null): string | undefined {
  const marked = target instanceof Element ? target.closest('[data-follow-up]') : null;
  return marked?.getAttribute('data-follow-up') ?? undefined;
}
