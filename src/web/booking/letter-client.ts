import { LetterPreview } from '../../contracts/letter-api.ts';
import { askApi } from '../shell/ask-api.ts';

/** The letter of a task as it would go out now. Failures are PageErrors with the server's codes. */
export function letterOf(taskId: string, hasLargePrint: boolean): Promise<LetterPreview> {
  return askApi(`/api/tasks/${taskId}/letter?largePrint=${hasLargePrint}`, LetterPreview);
}

/** Where the same letter is on paper. */
export function paperOf(taskId: string, hasLargePrint: boolean): string {
  return `/api/tasks/${taskId}/letter.pdf?largePrint=${hasLargePrint}`;
}
