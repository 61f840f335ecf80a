import type * as background from './background.ts';
import type * as booking from './booking.ts';
import type * as calendar from './calendar.ts';
import type * as clinic from './clinic.ts';
import type * as dictations from './dictations.ts';
import type * as earliestFits from './earliest-fits.ts';
import type * as exportsOf from './exports.ts';
import type * as freedTimes from './freed-times.ts';
import type * as letterTexts from './letter-texts.ts';
import type * as letters from './letters.ts';
import type * as namedContacts from './named-contacts.ts';
import type * as notes from './notes.ts';
import type * as patientPage from './patient-page.ts';
import type * as patientWishes from './patient-wishes.ts';
import type * as sickDays from './sick-days.ts';
import type * as visitReminders from './visit-reminders.ts';
import type * as vocabulary from './vocabulary.ts';

/** Tables without patient data: open to every transaction. */
export interface PlainTables {
  settings: clinic.SettingsTable;
  units: clinic.UnitsTable;
  staff: clinic.StaffTable;
  staffUnits: clinic.StaffUnitsTable;
  sessions: clinic.SessionsTable;
  passwordLinks: clinic.PasswordLinksTable;
  loginAttempts: clinic.LoginAttemptsTable;
  apiKeys: clinic.ApiKeysTable;
  answerCodeAttempts: patientPage.AnswerCodeAttemptsTable;
  patientSessions: patientPage.PatientSessionsTable;
  auditEvents: background.AuditEventsTable;
  events: background.EventsTable;
  outbox: background.OutboxTable;
  deadLetters: background.DeadLettersTable;
  jobFences: background.JobFencesTable;
  earliestFitsSeen: earliestFits.EarliestFitsSeenTable;
  dictationProgress: dictations.DictationProgressTable;
  webhooks: dictations.WebhooksTable;
  vocabularyTerms: vocabulary.VocabularyTermsTable;
  vocabularyShipped: vocabulary.VocabularyShippedTable;
  vocabularyShippedOff: vocabulary.VocabularyShippedOffTable;
  webhookDeliveries: dictations.WebhookDeliveriesTable;
}

/** Tables without patient data whose rows are seen by their unit alone: within a transaction that has an actor. */
export interface UnitTables {
  resources: calendar.ResourcesTable;
  visitTypes: calendar.VisitTypesTable;
  slotTemplates: calendar.SlotTemplatesTable;
  closures: calendar.ClosuresTable;
  earliestFits: earliestFits.EarliestFitsTable;
  freedTimes: freedTimes.FreedTimesTable;
  sickDays: sickDays.SickDaysTable;
  printBatches: letters.PrintBatchesTable;
  letterTexts: letterTexts.LetterTextsTable;
}

/** Tables with patient data: only through an AuditedTransaction, and only rows of its actor's units. */
export interface PatientTables {
  patients: clinic.PatientsTable;
  patientUnits: clinic.PatientUnitsTable;
  answerCodes: patientPage.AnswerCodesTable;
  encounters: clinic.EncountersTable;
  notes: notes.NotesTable;
  noteDrafts: notes.NoteDraftsTable;
  noteVersions: notes.NoteVersionsTable;
  utterances: notes.UtterancesTable;
  followUps: notes.FollowUpsTable;
  decisions: notes.DecisionsTable;
  bookingRequests: booking.BookingRequestsTable;
  adminTasks: booking.AdminTasksTable;
  questions: booking.QuestionsTable;
  appointments: calendar.AppointmentsTable;
  appointmentSteps: calendar.AppointmentStepsTable;
  earlierWishes: freedTimes.EarlierWishesTable;
  patientWishes: patientWishes.PatientWishesTable;
  offers: freedTimes.OffersTable;
  offerVisits: freedTimes.OfferVisitsTable;
  namedContacts: namedContacts.NamedContactsTable;
  sickDayVisits: sickDays.SickDayVisitsTable;
  exports: exportsOf.ExportsTable;
  visitReminders: visitReminders.VisitRemindersTable;
  dictations: dictations.DictationsTable;
  reminders: background.RemindersTable;
  letters: letters.LettersTable;
  letterDeliveries: letters.LetterDeliveriesTable;
  letterSteps: letters.LetterStepsTable;
}

export interface Tables extends PlainTables, UnitTables, PatientTables {}
