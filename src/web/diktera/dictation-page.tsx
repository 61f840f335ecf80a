import { type CSSProperties, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { messages } from '../messages.sv.ts';
import { AnsweredQuestion } from '../notes/answered-question.tsx';
import { FIRST_DESK, isWritable } from '../notes/desk-state.ts';
import { FollowUpColumn } from '../notes/follow-up-column.tsx';
import { NoteDesk } from '../notes/note-desk.ts';
import { NoteHead } from '../notes/note-head.tsx';
import { NotesClient } from '../notes/notes-client.ts';
import { useNoteKeys } from '../notes/use-note-keys.ts';
import { WorklistColumn } from '../notes/worklist-column.tsx';
import { Observable } from '../observable.ts';
import { PageHeader } from '../page-header.tsx';
import { CorrectionColumn } from '../recorded/correction-column.tsx';
import { RecordingBar } from '../recorded/recording-bar.tsx';
import { RecordingsClient } from '../recorded/recordings-client.ts';
import { noteUse } from '../shell/idle.ts';
import type { PageSession } from '../shell/session.ts';
import { ShellHeader } from '../shell/shell-header.tsx';
import { useSession } from '../shell/use-session.ts';
import { CorrectionOffer } from '../vocabulary/corrections/correction-offer.tsx';
import { AnnouncementLog } from './announcement-log.tsx';
import { CommandStrip } from './command-strip.tsx';
import { DictationBar } from './dictation-bar.tsx';
import type { DictationController } from './dictation-controller.ts';
import { KeyList } from './key-list.tsx';
import { MessageArea } from './message-area.tsx';
import { openDictation } from './open-dictation.ts';
import { FIRST_STATE } from './page-state.ts';
import { SettingsDialog } from './settings-dialog.tsx';
import { useKeys } from './use-keys.ts';

const NOT_YET = new Observable(FIRST_STATE);
const NO_DESK = new Observable(FIRST_DESK);
const HINT = { '--hint': JSON.stringify(messages.emptyNote) } as CSSProperties;

/**
 * The whole page: notes of the clinic for staff who are signed in and write them, else one note that is kept in the browser. The
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

  const { isKnown, session } = useSession({ isOptional: true });
  const desk = useMemo(
    () => (session && isWriter(session) ? new NoteDesk(new NotesClient(session.csrfToken), session.staff) : undefined),
    [session],
  );
  const recordings = useMemo(() => (session ? new RecordingsClient(session) : undefined), [session]);
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
  useEffect(() => {
    if (state.announcements.length > 0) noteUse();
  }, [state.announcements]);
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
          {desk?.isClinician && <WorklistColumn desk={desk} state={deskState} />}
          {desk && recordings && !desk.isClinician && (
            <CorrectionColumn client={recordings} desk={desk} state={deskState} />
          )}
          <div className="middle">
            {desk && <NoteHead state={deskState} />}
            {desk && recordings && deskState.note && (
              <RecordingBar
                client={recordings}
                desk={desk}
                noteId={deskState.note.id}
                noteState={deskState.note.state}
                mayWrite={deskState.note.may.write}
              />
            )}
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
      {desk && <AnsweredQuestion desk={desk} state={deskState} />}
      {desk && session && <CorrectionOffer watch={desk.corrections} session={session} />}
      <AnnouncementLog announcements={state.announcements} />
    </>
  );
}

/** Clinicians write notes; administrators correct those that were recorded. */
function isWriter({ staff: { roles } }: PageSession): boolean {
  return roles.includes('clinician') || roles.includes('administrator');
}
