import type { RefObject } from 'react';
import { messages } from '../messages.sv.ts';
import type { DictationController } from './dictation-controller.ts';
import type { PageState } from './page-state.ts';
import type { Status } from './status.ts';

interface Props {
  readonly controller: DictationController | undefined;
  readonly state: PageState;
  readonly meter: RefObject<HTMLMeterElement | null>;
}

/** The controls, which stay in view. Nothing in it changes its place or size when dictation does something. */
export function DictationBar({ controller, state, meter }: Props) {
  const { phase, canUndo, isEmpty } = state;
  const isListening = phase === 'listening';
  return (
    <section className="bar" aria-label={messages.controls}>
      <button
        type="button"
        className="primary talk"
        aria-pressed={isListening}
        aria-keyshortcuts="F2"
        disabled={phase === 'loading'}
        onClick={() => (isListening ? controller?.pause() : void controller?.start())}
      >
        {isListening ? messages.pause : messages.talk} <kbd>F2</kbd>
      </button>
      <StatusLine status={state.status} />
      <meter ref={meter} value={-60} min={-60} max={0} aria-label={messages.level} />
      <MicrophoneChoice controller={controller} state={state} />
      <div className="actions">
        <button type="button" disabled={!canUndo} onClick={() => controller?.editor.undo()}>
          {messages.undo}
        </button>
        <button type="button" disabled={isEmpty} onClick={() => void controller?.copy()}>
          {messages.copyNote}
        </button>
        <button type="button" disabled={isEmpty} onClick={() => void controller?.newNote()}>
          {messages.newNote}
        </button>
      </div>
    </section>
  );
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

function MicrophoneChoice({ controller, state }: Pick<Props, 'controller' | 'state'>) {
  const { microphones, microphoneId, canAddDevice, deviceCount } = state;
  const isKnown = microphoneId === '' || microphones.some(({ id }) => id === microphoneId);
  return (
    <div className="devices">
      <label>
        <span>{messages.microphone}</span>
        <select
          value={isKnown ? microphoneId : ''}
          onChange={({ target }) => void controller?.chooseMicrophone(target.value)}
        >
          <option value="">{messages.ownMicrophone}</option>
          {microphones.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {canAddDevice && (
        <button type="button" className="plain" onClick={() => void controller?.addDevice()}>
          {deviceCount === 0 ? messages.addDevice : messages.devices(deviceCount)}
        </button>
      )}
    </div>
  );
}
