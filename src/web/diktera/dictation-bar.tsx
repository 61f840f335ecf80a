import type { ReactNode, RefObject } from 'react';
import { messages } from '../messages.sv.ts';
import type { DictationController } from './dictation-controller.ts';
import { Icon } from './icons.tsx';
import type { PageState } from './page-state.ts';
import type { Status } from './status.ts';

interface Props {
  readonly controller: DictationController | undefined;
  readonly state: PageState;
  readonly meter: RefObject<HTMLMeterElement | null>;
  /** Whether there is a note to dictate into. */
  readonly canDictate: boolean;
  readonly hasNewNote: boolean;
  onSettings(): void;
}

/** The controls, which stay in view. Nothing in it changes its place or size when dictation does something. */
export function DictationBar({ controller, state, meter, canDictate, hasNewNote, onSettings }: Props) {
  const { phase, canUndo, isEmpty } = state;
  const isListening = phase === 'listening';
  return (
    <section className="bar" aria-label={messages.controls}>
      <button
        type="button"
        className="primary talk"
        aria-pressed={isListening}
        aria-keyshortcuts="F2"
        disabled={phase === 'loading' || !canDictate}
        onClick={() => (isListening ? controller?.listening.pause() : void controller?.listening.start())}
      >
        <Icon name={isListening ? 'pause' : 'microphone'} />
        {isListening ? messages.pause : messages.talk} <kbd>F2</kbd>
      </button>
      <StatusLine status={state.status} />
      <meter ref={meter} value={-60} min={-60} max={0} aria-label={messages.level} />
      <div className="actions">
        <button type="button" disabled={!canUndo || !canDictate} onClick={() => controller?.editor.undo()}>
          <Icon name="undo" />
          <Label>{messages.undo}</Label>
        </button>
        <button type="button" disabled={isEmpty} onClick={() => void controller?.copy()}>
          <Icon name="copy" />
          <Label>{messages.copyNote}</Label>
        </button>
        {hasNewNote && (
          <button type="button" disabled={isEmpty} onClick={() => void controller?.newNote()}>
            <Icon name="add" />
            <Label>{messages.newNote}</Label>
          </button>
        )}
        <button type="button" onClick={onSettings}>
          <Icon name="settings" />
          <Label>{messages.settings}</Label>
        </button>
      </div>
    </section>
  );
}

/** Not seen where there is no room for it. */
function Label({ children }: { children: ReactNode }) {
  return <span className="label">{children}</span>;
}

function StatusLine({ status: { word, seconds } }: { status: Status }) {
  const rounded = Math.round(seconds);
  const rest = word === 'offline' ? messages.savedHere(rounded) : word === 'behind' ? messages.behindBy(rounded) : '';
  return (
    <p className="status" data-status={word}>
      <span role="status">{messages.status[word]}</span>
      <span className="seconds">{rest}</span>
    </p>
  );
}
