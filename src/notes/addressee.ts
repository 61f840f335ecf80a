import { AppError } from '../contracts/errors.ts';
import type { Addressee } from '../contracts/notes-api-cards.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import type { Question } from '../storage/repositories/questions.ts';
import { staffWithRole } from '../storage/repositories/reminders.ts';
import { worksAtUnit } from '../storage/repositories/staff.ts';

/** Who is asked, as a question keeps it. Throws REQUEST_INVALID where nobody at the unit is meant by it. */
export async function addresseeAt(
  transaction: AuditedTransaction,
  unitId: string,
  to: Addressee,
): Promise<Pick<Question, 'toStaffId' | 'toRole'>> {
  const isSomebody =
    'staffId' in to
      ? await worksAtUnit(transaction.plain, unitId, to.staffId)
      : (await staffWithRole(transaction, unitId, to.role)).length > 0;
  if (!isSomebody) {
    throw new AppError('REQUEST_INVALID', 'nobody would be asked', {
      expected: 'a member of staff of the unit, or a profession or role that somebody has there',
    });
  }
  return 'staffId' in to ? { toStaffId: to.staffId, toRole: null } : { toStaffId: null, toRole: to.role };
}
