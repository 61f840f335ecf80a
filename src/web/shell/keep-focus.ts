const HEADINGS = ':is(h2, h3, h4):not([contenteditable] *)';

/** What had the focus last, and what it stood in, from the inside out. */
interface Place {
  readonly element: HTMLElement;
  readonly around: readonly HTMLElement[];
}

/**
 * Keeps the focus where somebody works. When what had it is gone or cannot be used for now, the part that it stood in
 * takes it, or that part's heading, instead of the page's beginning; when it can be used again, it has it again.
 * Gives what ends that.
 */
export function keepFocus(): () => void {
  let last: Place | undefined;
  let standIn: HTMLElement | undefined;
  let frame: number | undefined;

  const settle = () => {
    if (!last || !document.hasFocus() || !isLost(standIn)) return;
    if (isUsable(last.element)) {
      standIn = undefined;
      last.element.focus({ preventScroll: true });
    } else if (!standIn?.isConnected) {
      standIn = partAround(last);
      standIn?.focus({ preventScroll: true });
    }
  };
  const observer = new MutationObserver(() => {
    // The browser takes the focus from what is disabled only when it draws; and who means to set it has then done so.
    frame ??= requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        frame = undefined;
        settle();
      });
    });
  });
  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement) || target === standIn) return;
    standIn = undefined;
    last = target.isContentEditable ? undefined : { element: target, around: [...ancestorsOf(target)] };
  };
  // Who points at nothing in particular leaves it.
  const onPoint = ({ target }: PointerEvent) => {
    if (target instanceof Node && last?.element.contains(target)) return;
    [last, standIn] = [undefined, undefined];
  };

  observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled', 'open', 'hidden'] });
  document.addEventListener('focusin', onFocus);
  document.addEventListener('pointerdown', onPoint);
  return () => {
    observer.disconnect();
    if (frame !== undefined) cancelAnimationFrame(frame);
    document.removeEventListener('focusin', onFocus);
    document.removeEventListener('pointerdown', onPoint);
  };
}

function isLost(standIn: HTMLElement | undefined): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body || activeElement === standIn;
}

function isUsable(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled') && element.checkVisibility();
}

function* ancestorsOf(element: HTMLElement): Generator<HTMLElement> {
  for (let around = element.parentElement; around !== null && around !== document.body; around = around.parentElement) {
    yield around;
  }
}

function partAround({ around }: Place): HTMLElement | undefined {
  for (const part of [...around, ...document.querySelectorAll('main')]) {
    if (!part.isConnected || !part.checkVisibility()) continue;
    if (part.tabIndex >= 0) return part;
    const heading = part.querySelector<HTMLElement>(HEADINGS);
    if (!heading) continue;
    heading.tabIndex = -1;
    return heading;
  }
  return undefined;
}
