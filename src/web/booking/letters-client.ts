import type { z } from 'zod';
import type { StaffLetterKind } from '../../contracts/delivery.ts';
import { LetterDetail, type SendByBody, type SendLetterBody, TaskLetters } from '../../contracts/delivery-api.ts';
import { LetterPreview } from '../../contracts/letter-api.ts';
import { ApiClient } from '../shell/api-client.ts';

/** Something in the version that the page shows. */
interface Seen {
  readonly id: string;
  readonly version: number;
}

/** Which letter is looked at before it goes out. */
export interface WantedLetter {
  readonly taskId: string;
  readonly kind: StaffLetterKind;
  readonly hasLargePrint: boolean;
}

/** The server's interface of letters. Failures are PageErrors with the server's codes. */
export class LettersClient extends ApiClient {
  preview(wanted: WantedLetter): Promise<LetterPreview> {
    return this.ask(pathOf(wanted, ''), LetterPreview);
  }

  ofTask(taskId: string): Promise<TaskLetters> {
    return this.ask(`/api/tasks/${taskId}/letters`, TaskLetters);
  }

  send({ id, version }: Seen, body: z.input<typeof SendLetterBody>): Promise<TaskLetters> {
    return this.change('POST', `/api/tasks/${id}/letter/send`, TaskLetters, { version, body });
  }

  letter(id: string): Promise<LetterDetail> {
    return this.ask(`/api/letters/${id}`, LetterDetail);
  }

  async stop({ id, version }: Seen): Promise<void> {
    await this.change('POST', `/api/letters/${id}/stop`, LetterDetail, { version });
  }

  async sendBy({ id, version }: Seen, body: z.input<typeof SendByBody>): Promise<void> {
    await this.change('POST', `/api/letters/${id}/send`, LetterDetail, { version, body });
  }

  async handOver({ id, version }: Seen): Promise<void> {
    await this.change('POST', `/api/letters/${id}/hand-over`, LetterDetail, { version });
  }

  /** The patient was told on the phone. */
  async phoned({ id, version }: Seen): Promise<void> {
    await this.change('POST', `/api/letters/${id}/phoned`, LetterDetail, { version });
  }
}

/** Where the letter that would go out now is on paper. */
export function paperOf(wanted: WantedLetter): string {
  return pathOf(wanted, '.pdf');
}

/** Where a letter that went out is on paper. */
export function sentPaperOf(letterId: string): string {
  return `/api/letters/${letterId}/letter.pdf`;
}

function pathOf({ taskId, kind, hasLargePrint }: WantedLetter, form: '' | '.pdf'): string {
  return `/api/tasks/${taskId}/letter${form}?kind=${kind}&largePrint=${hasLargePrint}`;
}
