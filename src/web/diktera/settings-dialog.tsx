import type { RefObject } from 'react';
import { LIVE_LIMITS } from '../../contracts/live.ts';
import { messages } from '../messages.sv.ts';
import type { DictationController } from './dictation-controller.ts';
import { LONGEST_WORDS_CHARACTERS, wordsOf } from './own-settings.ts';
import type { PageState } from './page-state.ts';
import { TemplateList } from './template-list.tsx';

const { minimum, maximum } = LIVE_LIMITS.pauseSeconds;

interface Props {
  readonly dialog: RefObject<HTMLDialogElement | null>;
  readonly controller: DictationController | undefined;
  readonly state: PageState;
}

/** What a user sets once in a while. All of it holds at once, and on the next visit in this browser. */
export function SettingsDialog({ dialog, controller, state }: Props) {
  const { settings } = state;
  const count = wordsOf(settings).length;
  return (
    <dialog ref={dialog} className="settings" aria-labelledby="settings-heading">
      <form method="dialog">
        <h2 id="settings-heading">{messages.settings}</h2>
        <MicrophoneChoice controller={controller} state={state} />
        <div className="setting">
          <label htmlFor="pause-seconds">{messages.pauseLength(settings.pauseSeconds)}</label>
          <input
            id="pause-seconds"
            type="range"
            min={minimum}
            max={maximum}
            step={0.1}
            value={settings.pauseSeconds}
            aria-valuetext={messages.seconds(settings.pauseSeconds)}
            aria-describedby="pause-hint"
            onChange={({ target }) => controller?.changeSettings({ pauseSeconds: target.valueAsNumber })}
          />
          <p id="pause-hint" className="hint">
            {messages.pauseHint}
          </p>
        </div>
        <div className="setting">
          <label htmlFor="own-words">{messages.ownWords(count)}</label>
          <textarea
            id="own-words"
            rows={4}
            maxLength={LONGEST_WORDS_CHARACTERS}
            value={settings.words}
            aria-describedby="own-words-hint"
            onChange={({ target }) => controller?.changeSettings({ words: target.value })}
          />
          <p id="own-words-hint" className="hint">
            {messages.ownWordsHint}
          </p>
          <p>
            <a href="/ordlista" target="_blank" rel="noreferrer">
              {messages.toVocabulary}
            </a>
          </p>
        </div>
        <TemplateList
          templates={settings.templates}
          onChange={(templates) => controller?.changeSettings({ templates })}
        />
        <p className="hint">{messages.settingsKept}</p>
        <div className="actions">
          <button type="submit" className="primary">
            {messages.close}
          </button>
        </div>
      </form>
    </dialog>
  );
}

function MicrophoneChoice({ controller, state }: Pick<Props, 'controller' | 'state'>) {
  const { microphones, microphoneId, canAddDevice, deviceCount } = state;
  const isKnown = microphoneId === '' || microphones.some(({ id }) => id === microphoneId);
  return (
    <>
      <div className="setting">
        <label htmlFor="microphone">{messages.microphone}</label>
        <select
          id="microphone"
          value={isKnown ? microphoneId : ''}
          onChange={({ target }) => void controller?.listening.choose(target.value)}
        >
          <option value="">{messages.ownMicrophone}</option>
          {microphones.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </div>
      {canAddDevice && (
        <div className="device">
          <button type="button" onClick={() => void controller?.addDevice()}>
            {messages.addDevice}
          </button>
          <span className="hint">{messages.devices(deviceCount)}</span>
        </div>
      )}
    </>
  );
}
