import { isOpen, type PlannedVisit } from '../../appointments/sick-day-plan.ts';
import type { FoundTime } from '../../appointments/sick-day-search.ts';
import type { SickDayProposal, SickDayVisitView } from '../../contracts/sick-day-api.ts';
import type { LocalDate } from '../../followup/calendar/local-date.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import { appointmentViews, proposalViews } from './appointment-views.ts';

/** The visits of a sick day as a page shows them, in the order given. */
export async function sickDayVisitViews(
  transaction: AuditedTransaction,
  planned: readonly PlannedVisit[],
  resourceId: string,
  today: LocalDate,
): Promise<SickDayVisitView[]> {
  const ids = planned.map(({ visit }) => ({ id: visit.appointmentId }));
  const appointments = new Map((await appointmentViews(transaction, ids, today)).map((view) => [view.id, view]));
  const found = planned.flatMap(({ search }) => (search ? [search.best, search.alternative] : [])).filter(isFound);
  const proposals = await sickDayProposals(transaction, found, resourceId, today);
  const viewOf = new Map(found.map((one, at) => [one, proposals[at]!]));
  const proposed = (one: FoundTime | null | undefined) => (one ? viewOf.get(one)! : null);
  return planned.map(({ visit, search, together, slackWorkingDays }) => {
    const appointment = appointments.get(visit.appointmentId)!;
    return {
      id: visit.id,
      version: visit.version,
      state: visit.state === 'open' && !visit.isWaiting ? 'changed_elsewhere' : visit.state,
      wasAt: visit.startsAt,
      appointment,
      phone: appointment.patient.protectedIdentity ? null : visit.phone,
      targetDate: visit.targetDate,
      slackWorkingDays,
      proposal: proposed(search?.best),
      alternative: proposed(search?.alternative),
      problem: search?.problem?.reason ?? null,
      together,
      isLater: isOpen(visit) && search === null && together === null,
    };
  });
}

export async function sickDayProposals(
  transaction: AuditedTransaction,
  found: readonly FoundTime[],
  resourceId: string,
  today: LocalDate,
): Promise<SickDayProposal[]> {
  const views = await proposalViews(
    transaction,
    found.map(({ placement }) => placement),
    today,
  );
  return views.map(({ visits, reasons, givesUp }, at) => {
    const { moving } = found[at]!.subject;
    const performers = found[at]!.placement.visits.map(({ performerId }) => performerId);
    const isOrdained = [...moving.values()].some(({ taskId }) => taskId !== null);
    return {
      // What nobody has ordained is neither on its day nor late.
      reasons: isOrdained ? reasons : [],
      givesUp,
      visits: visits.map(({ taskId, ...visit }) => ({ ...visit, appointmentId: moving.get(taskId)!.id })),
      isSamePerson: performers.includes(resourceId),
    };
  });
}

function isFound(one: FoundTime | null): one is FoundTime {
  return one !== null;
}
