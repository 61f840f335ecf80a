import { NOTE_MENU_MESSAGES as menu } from '../messages/note-menu.sv.ts';
import { NOTE_MESSAGES as words } from '../messages/notes.sv.ts';
import type { DeskState } from './desk-state.ts';

/** Whose note it is, how far it has come, and whether the server has it. */
export function NoteHead({ state: { note, save, isOpening, worklist } }: { state: DeskState }) {
  if (!note) {
    const hasNothing = worklist?.visits.length === 0 && worklist.notes.length === 0;
    return (
      <div className="note-head">
        <p role="status">{isOpening ? words.opening : hasNothing ? words.nothingToChoose : words.choose}</p>
      </div>
    );
  }
  const { patient, author, deputy, may, signedVersion, state } = note;
  const stateWords = {
    draft: words.draft,
    amending: words.amending,
    signed: words.signedVersion(signedVersion),
    discarded: words.discarded,
  };
  return (
    <div className="note-head">
      <h2 className="patient">
        {patient.givenName} {patient.familyName}
        <span className="number">{patient.numberBegins}-…</span>
      </h2>
      {patient.protectedIdentity && <p className="protected">{words.protectedIdentity}</p>}
      <p>
        {stateWords[state]}, {words.writtenBy(`${author.givenName} ${author.familyName}`)}
        {deputy !== null && `, ${menu.hasDeputy(`${deputy.givenName} ${deputy.familyName}`)}`}
      </p>
      <p className="save-state" data-save={may.write ? save : 'saved'} role="status">
        {may.write ? words.save[save] : state === 'signed' ? '' : words.readOnly}
      </p>
    </div>
  );
}
