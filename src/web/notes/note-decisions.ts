import { isOpenNote } from '../../contracts/notes.ts';
import type { ChangedNote } from '../../contracts/notes-api.ts';
import type { CardDecision, ChangedCard, FollowUpCard } from '../../contracts/notes-api-cards.ts';
import { NOTE_MESSAGES } from '../messages/notes.sv.ts';
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
    const words = this.#desk.selection;
    if (!words) return;
    await this.#change(async () => {
      const textVersion = await this.#desk.flush();
      if (textVersion === undefined) throw new PageError('SWITCH_UNSAVED');
      const { start, end } = words;
      const card = await this.#client.markFollowUp(this.#desk.note.id, { textVersion, start, end });
      this.#takeCard(card);
      this.#desk.point(card.id);
    });
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
      this.#desk.notify(NOTE_MESSAGES.signedNotice);
    });
  }

  /** Opens a signed note for another version. */
  async amend(): Promise<void> {
    await this.#change(async () => {
      await this.#client.amend(this.#desk.note);
      await this.#desk.reload();
    });
  }

  showLeft(isLeftShown: boolean): void {
    this.#desk.state.change({ isLeftShown });
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
