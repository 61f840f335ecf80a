import type * as background from './background.ts';
import type * as booking from './booking.ts';
import type * as clinic from './clinic.ts';
import type * as notes from './notes.ts';

/** Tables without patient data: open to every transaction. */
export interface PlainTables {
  settings: clinic.SettingsTable;
  units: clinic.UnitsTable;
  staff: clinic.StaffTable;
  staffUnits: clinic.StaffUnitsTable;
  sessions: clinic.SessionsTable;
  loginAttempts: clinic.LoginAttemptsTable;
  apiKeys: clinic.ApiKeysTable;
  auditEvents: background.AuditEventsTable;
  events: background.EventsTable;
  outbox: background.OutboxTable;
  deadLetters: background.DeadLettersTable;
  jobFences: background.JobFencesTable;
  webhooks: background.WebhooksTable;
  webhookDeliveries: background.WebhookDeliveriesTable;
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
  dictationJobs: background.DictationJobsTable;
  reminders: background.RemindersTable;
}

export interface Tables extends PlainTables, PatientTables {}
