import type { AskedVisits } from '../../appointments/calendar-question.ts';
import type { VisitType } from '../../booking/schedule.ts';
import type { VisitNeed } from '../../booking/visit-need.ts';
import type { PatientPreference } from '../../contracts/followup.ts';
import type { LocalDate } from '../../followup/calendar/local-date.ts';

/** A patient who is nobody: what is taken of nobody's time is in no visit's way. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

export interface FreeVisit {
  readonly unitId: string;
  readonly visitType: VisitType;
  readonly patientId: string | null;
  readonly interpreterLanguage: string | null;
  readonly today: LocalDate;
  readonly staffId?: string | undefined;
  readonly firstDay?: LocalDate;
  readonly lastDay?: LocalDate;
  readonly wishes?: PatientPreference;
}

/** What a visit needs that no task asks for: its type, and what is wished. The type's id stands for the task's. */
export function askedFreely(visit: FreeVisit): AskedVisits {
  const { unitId, visitType, patientId, interpreterLanguage, today, staffId, firstDay, lastDay, wishes = {} } = visit;
  const { id, type, service, role } = visitType;
  const need: VisitNeed = {
    taskId: id,
    key: id,
    type,
    service,
    role,
    staffId: staffId ?? null,
    orderedByRole: null,
    lastMetStaffId: null,
    durationMinutes: null,
    floor: firstDay ?? null,
    aim: null,
    notBefore: null,
    latest: lastDay ?? null,
    clock: null,
    interpreterLanguage,
    wishes,
    links: [],
    orderedOn: today,
    fixed: null,
  };
  return { asked: { unitId, patientId: patientId ?? NOBODY }, needs: [need], pending: new Set() };
}
