import { type CSSProperties, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { messages } from '../messages.sv.ts';
import { FIRST_DESK, isWritable } from '../notes/desk-state.ts';
import { FollowUpColumn } from '../notes/follow-up-column.tsx';
import { NoteDesk } from '../notes/note-desk.ts';
import { NoteHead } from '../notes/note-head.tsx';
import { NotesClient } from '../notes/notes-client.ts';
import { useClinician } from '../notes/use-clinician.ts';
import { useNoteKeys } from '../notes/use-note-keys.ts';
import { WorklistColumn } from '../notes/worklist-column.tsx';
import { PageHeader } from '../page-header.tsx';
import { ShellHeader } from '../shell/shell-header.tsx';
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
const NO_DESK = new Observable(FIRST_DESK);
const HINT = { '--hint': JSON.stringify(messages.emptyNote) } as CSSProperties;

/**
 * The whole page: notes of the clinic for a clinician who is signed in, else one note that is kept in the browser. The
 * note itself is not React's: the editor draws it into its place.
 */
export function DictationPage() {
  const note = useRef<HTMLDivElement>(null);
  const meter = useRef<HTMLMeterElement>(null);
  const keyList = useRef<HTMLDialogElement>(null);
  const settings = useRef<HTMLDialogElement>(null);
  const [controller, setController] = useState<DictationController>();
  const [openingFailure, setOpeningFailure] = useState<string>();
  const observable = controller?.state ?? NOT_YET;
  const state = useSyncExternalStore(observable.subscribe, observable.get);

  const { isKnown, session } = useClinician();
  const desk = useMemo(
    () => (session?.staff.roles.includes('clinician') ? new NoteDesk(new NotesClient(session.csrfToken)) : undefined),
    [session],
  );
  const deskObservable = desk?.state ?? NO_DESK;
  const deskState = useSyncExternalStore(deskObservable.subscribe, deskObservable.get);

  useEffect(() => {
    if (!isKnown) return;
    void openDictation({
      mount: note.current!,
      ownerId: desk && session?.staff.id,
      keeper: desk,
      onLevel: (levelDbfs) => {
        if (meter.current) meter.current.value = Math.max(meter.current.min, Math.round(levelDbfs));
      },
      onOpen: setController,
      onFailure: setOpeningFailure,
    });
  }, [isKnown, desk, session]);
  useEffect(() => controller && desk?.begin(controller), [controller, desk]);
  useKeys(controller, keyList);
  useNoteKeys(desk);
  const hasNote = desk === undefined || deskState.note !== undefined;

  return (
    <>
      {session ? <ShellHeader path="/diktera" session={session} /> : <PageHeader path="/diktera" />}
      <main>
        <DictationBar
          controller={controller}
          state={state}
          meter={meter}
          canDictate={desk === undefined || isWritable(deskState)}
          hasNewNote={desk === undefined}
          onSettings={() => settings.current?.showModal()}
        />
        <div className={desk ? 'columns desk' : 'columns'}>
          {desk && <WorklistColumn desk={desk} state={deskState} />}
          <div className="middle">
            {desk && <NoteHead state={deskState} />}
            <div
              className={controller && state.isEmpty && hasNote ? 'note empty' : 'note'}
              hidden={!hasNote}
              style={HINT}
              ref={note}
            />
          </div>
          <div className="beside">
            {desk && controller && <FollowUpColumn desk={desk} state={deskState} />}
            <CommandStrip startsOpen={desk === undefined} />
          </div>
        </div>
      </main>
      <footer>
        <p>{messages.privacy}</p>
        <button type="button" className="plain" aria-keyshortcuts="F1" onClick={() => keyList.current?.showModal()}>
          {messages.showKeys}
        </button>
      </footer>
      <KeyList dialog={keyList} hasNotes={desk !== undefined} />
      <SettingsDialog dialog={settings} controller={controller} state={state} />
      <MessageArea controller={controller} state={state} openingFailure={openingFailure} />
      <AnnouncementLog announcements={state.announcements} />
    </>
  );
}
