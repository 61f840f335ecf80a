import type * as background from './background.ts';
import type * as booking from './booking.ts';
import type * as calendar from './calendar.ts';
import type * as clinic from './clinic.ts';
import type * as dictations from './dictations.ts';
import type * as notes from './notes.ts';
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
  auditEvents: background.AuditEventsTable;
  events: background.EventsTable;
  outbox: background.OutboxTable;
  deadLetters: background.DeadLettersTable;
  jobFences: background.JobFencesTable;
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
}

/** Tables with patient data: only through an AuditedTransaction, and only rows of its actor's units. */
export interface PatientTables {
  patients: clinic.PatientsTable;
  patientUnits: clinic.PatientUnitsTable;
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
  dictations: dictations.DictationsTable;
  reminders: background.RemindersTable;
}

export interface Tables extends PlainTables, UnitTables, PatientTables {}
