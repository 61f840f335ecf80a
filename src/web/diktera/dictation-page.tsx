import { type CSSProperties, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { messages } from '../messages.sv.ts';
import { PageHeader } from '../page-header.tsx';
import { AnnouncementLog } from './announcement-log.tsx';
import { CommandStrip } from './command-strip.tsx';
import { DictationBar } from './dictation-bar.tsx';
import type { DictationController } from './dictation-controller.ts';
import { KeyList } from './key-list.tsx';
import { MessageArea } from './message-area.tsx';
import { openDictation } from './open-dictation.ts';
import { FIRST_STATE, Observable } from './page-state.ts';
import { SettingsDialog } from './settings-dialog.tsx';
import { useKeys } from './use-keys.ts';

const NOT_YET = new Observable(FIRST_STATE);
const HINT = { '--hint': JSON.stringify(messages.emptyNote) } as CSSProperties;

/** The whole page. The note itself is not React's: the editor draws it into its place. */
export function DictationPage() {
  const note = useRef<HTMLDivElement>(null);
  const meter = useRef<HTMLMeterElement>(null);
  const keyList = useRef<HTMLDialogElement>(null);
  const settings = useRef<HTMLDialogElement>(null);
  const [controller, setController] = useState<DictationController>();
  const [openingFailure, setOpeningFailure] = useState<string>();
  const observable = controller?.state ?? NOT_YET;
  const state = useSyncExternalStore(observable.subscribe, observable.get);

  useEffect(() => {
    void openDictation({
      mount: note.current!,
      onLevel: (levelDbfs) => {
        if (meter.current) meter.current.value = Math.max(meter.current.min, Math.round(levelDbfs));
      },
      onOpen: setController,
      onFailure: setOpeningFailure,
    });
  }, []);
  useKeys(controller, keyList);

  return (
    <>
      <PageHeader path="/diktera" />
      <main>
        <DictationBar
          controller={controller}
          state={state}
          meter={meter}
          onSettings={() => settings.current?.showModal()}
        />
        <div className="columns">
          <div className={controller && state.isEmpty ? 'note empty' : 'note'} style={HINT} ref={note} />
          <CommandStrip />
        </div>
      </main>
      <footer>
        <p>{messages.privacy}</p>
        <button type="button" className="plain" aria-keyshortcuts="F1" onClick={() => keyList.current?.showModal()}>
          {messages.showKeys}
        </button>
      </footer>
      <KeyList dialog={keyList} />
      <SettingsDialog dialog={settings} controller={controller} state={state} />
      <MessageArea controller={controller} state={state} openingFailure={openingFailure} />
      <AnnouncementLog announcements={state.announcements} />
    </>
  );
}
