import type { SetAside, SourceSpan } from '../../contracts/followup.ts';
import { isOpenNote } from '../../contracts/notes.ts';
import type { ChangedNote, NoteView } from '../../contracts/notes-api.ts';
import type { CardDecision, ChangedCard, FollowUpCard } from '../../contracts/notes-api-cards.ts';
import { NOTE_MESSAGES as words } from '../messages/notes.sv.ts';
import { PageError } from '../page-error.ts';
import type { NoteDesk } from './note-desk.ts';
import type { NotesClient } from './notes-client.ts';

/** What a clinician decides about the open note: its follow-ups, and its signature. */
export class NoteDecisions {
  readonly #desk: NoteDesk;
  readonly #client: NotesClient;
  #last: Promise<unknown> = Promise.resolve();

  constructor(desk: NoteDesk, client: NotesClient) {
    this.#desk = desk;
    this.#client = client;
  }

  decide(card: FollowUpCard, decision: CardDecision): Promise<boolean> {
    return this.#change(async () => this.#takeCard(await this.#client.decide(card, decision)));
  }

  /** Makes a follow-up of the words that are selected. */
  async markSelection(): Promise<void> {
    // The editor hears of a selection after the key that made it.
    await new Promise((resolve) => setTimeout(resolve));
    const { selection } = this.#desk;
    if (!selection) return this.#desk.notify(words.selectFirst);
    await this.#change(async () => {
      await this.#mark(await this.#savedVersion(), selection);
    });
  }

  /** Makes a follow-up of words that the reader set aside; undefined when they do not stand there any more. */
  async takeUp({ source }: SetAside): Promise<string | undefined> {
    let cardId: string | undefined;
    await this.#change(async () => {
      const textVersion = await this.#savedVersion();
      const same = this.#desk.note.text.setAside.filter((one) => one.source.text === source.text);
      const nearest = same.sort((one, other) => distance(one.source, source) - distance(other.source, source))[0];
      if (nearest) cardId = await this.#mark(textVersion, nearest.source);
    });
    return cardId;
  }

  /** States that nothing is to be followed up. */
  async sayNone(): Promise<void> {
    await this.#change(async () => this.#takeNote(await this.#client.sayNone(this.#desk.note)));
  }

  /** Signs, or shows what is left to do first. */
  async sign(reason?: string): Promise<void> {
    await this.#change(async () => {
      if (!isOpenNote(this.#desk.note.state)) return;
      if (!(await this.#desk.finish())) throw new PageError('SWITCH_SPEAKING');
      const textVersion = await this.#desk.flush();
      if (textVersion === undefined || this.#desk.note.left.length > 0) return this.showLeft(true);
      const signing = { textVersion, ...(reason !== undefined && { reason }) };
      await this.#desk.locked(() => this.#client.sign(this.#desk.note, signing));
      await this.#desk.reload();
      this.#desk.notify(words.signedNotice);
    });
  }

  /** Opens a signed note for another version. */
  async amend(): Promise<void> {
    await this.#change(async () => {
      await this.#client.amend(this.#desk.note);
      await this.#desk.reload();
    });
  }

  /** Goes back to the signed version; what was written since is gone. */
  cancelAmendment(): Promise<boolean> {
    return this.#changeWhole((note) => this.#client.cancelAmendment(note), words.amendmentCancelled);
  }

  /** Throws a draft away that asks for nothing. */
  discard(): Promise<boolean> {
    return this.#changeWhole((note) => this.#client.discard(note), words.discardedNotice);
  }

  move(patientId: string, reason: string): Promise<boolean> {
    return this.#changeWhole((note) => this.#client.move(note, { patientId, reason }), words.movedNotice);
  }

  /** Has somebody else sign in the author's place; nobody for null. */
  setDeputy(staffId: string | null): Promise<boolean> {
    const notice = staffId === null ? words.deputyRemoved : words.deputySet;
    return this.#changeWhole((note) => this.#client.setDeputy(note, staffId), notice);
  }

  /** Recalls what a card of a signed note asked for. */
  withdraw({ request }: FollowUpCard, reason: string): Promise<boolean> {
    return this.#change(async () => {
      if (request === null) return;
      await this.#client.withdraw(request, reason);
      await this.refresh();
      this.#desk.notify(words.withdrawnNotice);
    });
  }

  showLeft(isLeftShown: boolean): void {
    this.#desk.state.change({ isLeftShown });
  }

  /** What is written is saved first and nothing more meanwhile; then the note is shown as it has become. */
  #changeWhole(change: (note: NoteView) => Promise<unknown>, notice: string): Promise<boolean> {
    return this.#change(async () => {
      if (!(await this.#desk.finish())) throw new PageError('SWITCH_SPEAKING');
      if (isOpenNote(this.#desk.note.state) && (await this.#desk.flush()) === undefined) {
        throw new PageError('SWITCH_UNSAVED');
      }
      // Also when it is refused: it may have changed as far as that.
      await this.#desk.locked(() => change(this.#desk.note)).finally(() => this.#desk.reload());
      this.#desk.notify(notice);
    });
  }

  /** Saves what is written; what is marked is marked in that text. */
  async #savedVersion(): Promise<number> {
    const textVersion = await this.#desk.flush();
    if (textVersion === undefined) throw new PageError('SWITCH_UNSAVED');
    return textVersion;
  }

  async #mark(textVersion: number, { start, end }: Pick<SourceSpan, 'start' | 'end'>): Promise<string> {
    const card = await this.#client.markFollowUp(this.#desk.note.id, { textVersion, start, end });
    this.#takeCard(card);
    this.#desk.point(card.id);
    return card.id;
  }

  /** A card as a decision left it, or a new one. */
  #takeCard({ left, ...card }: ChangedCard): void {
    const { note, state } = this.#desk;
    const others = note.followUps.filter(({ id }) => id !== card.id);
    const followUps = [...others, card].sort((one, other) => one.source.start - other.source.start);
    state.change({ note: { ...note, followUps, left }, isLeftShown: state.get().isLeftShown && left.length > 0 });
    this.#desk.showCards();
    void this.#desk.refreshList();
  }

  #takeNote({ version, state, signedVersion, left }: ChangedNote): void {
    this.#desk.state.change({ note: { ...this.#desk.note, version, state, signedVersion, left }, isLeftShown: false });
    void this.#desk.refreshList();
  }

  /** One change after the other; a failed one shows how things are now. True when it was made. */
  #change(change: () => Promise<void>): Promise<boolean> {
    const noteId = this.#desk.note.id;
    const made = this.#last.then(async () => {
      if (this.#desk.note.id !== noteId) return false;
      try {
        await change();
        return true;
      } catch (error) {
        this.#desk.fail(error);
        await this.refresh();
        return false;
      }
    });
    this.#last = made;
    return made;
  }

  /** What the server has of cards and decisions; the text stays as it is here. */
  async refresh(): Promise<void> {
    const { id } = this.#desk.note;
    const told = await this.#client.note(id).catch(() => undefined);
    if (told === undefined || this.#desk.note.id !== id) return;
    const { version, state, may, followUps, left, decisions } = told;
    this.#desk.state.change({ note: { ...this.#desk.note, version, state, may, followUps, left, decisions } });
    this.#desk.showCards();
  }
}

function distance({ start }: SourceSpan, other: SourceSpan): number {
  return Math.abs(start - other.start);
}
