import type { ResourceKind } from '../../contracts/calendar.ts';
import type { RequestType } from '../../contracts/followup.ts';

/** Who or what of a demo unit has a calendar, by a key of its own. */
export interface DemoResource {
  readonly key: string;
  readonly kind: ResourceKind;
  /** Place in DEMO_UNITS. */
  readonly unit: 0 | 1;
  readonly name: string;
  /** User name of a person. */
  readonly staff?: string;
  readonly role?: string;
  readonly language?: string;
}

export interface DemoVisitType {
  readonly key: string;
  readonly unit: 0 | 1;
  readonly name: string;
  readonly publicName?: string;
  readonly type: RequestType;
  readonly service?: string;
  readonly role?: string;
  readonly durationMinutes: number;
  readonly interpreterExtraMinutes?: number;
  /** Keys of resources. */
  readonly equipment?: readonly string[];
  readonly patientsBook?: boolean;
  readonly patientsRebook?: boolean;
}

/** A stretch of some weekdays. */
export interface DemoSession {
  readonly resource: string;
  /** ISO 8601: 1 is Monday. */
  readonly weekdays: readonly number[];
  /** HH:MM. */
  readonly from: string;
  readonly until: string;
  readonly slotMinutes: number;
  readonly room?: string;
  /** Keys of visit types; anything where absent. */
  readonly visitTypes?: readonly string[];
  readonly lentUntilDays?: number;
  readonly onBridgeDays?: boolean;
}

export const DEMO_RESOURCES: readonly DemoResource[] = [
  { key: 'lind', kind: 'person', unit: 0, name: 'Elin Lind', staff: 'lind', role: 'lakare' },
  { key: 'sandberg', kind: 'person', unit: 0, name: 'Oskar Sandberg', staff: 'sandberg', role: 'lakare' },
  { key: 'nordin', kind: 'person', unit: 0, name: 'Kerstin Nordin', staff: 'nordin', role: 'distriktsskoterska' },
  { key: 'lab', kind: 'role', unit: 0, name: 'Laboratoriet', role: 'underskoterska' },
  { key: 'rum1', kind: 'room', unit: 0, name: 'Rum 1' },
  { key: 'rum2', kind: 'room', unit: 0, name: 'Rum 2' },
  { key: 'rum3', kind: 'room', unit: 0, name: 'Rum 3' },
  { key: 'provrum', kind: 'room', unit: 0, name: 'Provtagningsrummet' },
  { key: 'ekg', kind: 'equipment', unit: 0, name: 'EKG-apparaten' },
  { key: 'spirometer', kind: 'equipment', unit: 0, name: 'Spirometern' },
  { key: 'tolk', kind: 'interpreter', unit: 0, name: 'Tolk, persiska', language: 'fa' },
  { key: 'lind-hjarta', kind: 'person', unit: 1, name: 'Elin Lind', staff: 'lind', role: 'lakare' },
  { key: 'ekolab', kind: 'role', unit: 1, name: 'Ekolaboratoriet', role: 'biomedicinsk_analytiker' },
];

export const DEMO_VISIT_TYPES: readonly DemoVisitType[] = [
  {
    key: 'ater',
    unit: 0,
    name: 'Återbesök läkare',
    type: 'aterbesok',
    role: 'lakare',
    durationMinutes: 30,
    interpreterExtraMinutes: 15,
  },
  {
    key: 'ny',
    unit: 0,
    name: 'Nybesök läkare',
    type: 'nybesok',
    role: 'lakare',
    durationMinutes: 45,
    interpreterExtraMinutes: 15,
  },
  {
    key: 'tel',
    unit: 0,
    name: 'Telefontid läkare',
    type: 'telefon',
    role: 'lakare',
    durationMinutes: 15,
    interpreterExtraMinutes: 15,
  },
  { key: 'video', unit: 0, name: 'Videobesök läkare', type: 'video', role: 'lakare', durationMinutes: 30 },
  {
    key: 'ater-dsk',
    unit: 0,
    name: 'Återbesök distriktssköterska',
    type: 'aterbesok',
    role: 'distriktsskoterska',
    durationMinutes: 30,
  },
  {
    key: 'ny-dsk',
    unit: 0,
    name: 'Nybesök distriktssköterska',
    type: 'nybesok',
    role: 'distriktsskoterska',
    durationMinutes: 30,
  },
  {
    key: 'hem',
    unit: 0,
    name: 'Hembesök distriktssköterska',
    type: 'hembesok',
    role: 'distriktsskoterska',
    durationMinutes: 60,
    // The route of a day is the nurse's.
    patientsBook: false,
    patientsRebook: false,
  },
  { key: 'vacc', unit: 0, name: 'Vaccination', type: 'vaccination', role: 'distriktsskoterska', durationMinutes: 15 },
  { key: 'prov', unit: 0, name: 'Provtagning', type: 'provtagning', role: 'underskoterska', durationMinutes: 15 },
  {
    key: 'ekg',
    unit: 0,
    name: 'EKG',
    type: 'undersokning',
    service: 'EKG',
    role: 'underskoterska',
    durationMinutes: 30,
    equipment: ['ekg'],
  },
  {
    key: 'spiro',
    unit: 0,
    name: 'Spirometri',
    publicName: 'Andningsprov',
    type: 'undersokning',
    service: 'spirometri',
    role: 'distriktsskoterska',
    durationMinutes: 45,
    equipment: ['spirometer'],
  },
  { key: 'ater-hjarta', unit: 1, name: 'Återbesök läkare', type: 'aterbesok', role: 'lakare', durationMinutes: 30 },
  { key: 'ny-hjarta', unit: 1, name: 'Nybesök läkare', type: 'nybesok', role: 'lakare', durationMinutes: 60 },
  {
    key: 'eko',
    unit: 1,
    name: 'Ekokardiografi',
    type: 'undersokning',
    service: 'UKG',
    role: 'biomedicinsk_analytiker',
    durationMinutes: 45,
  },
];

export const DEMO_SESSIONS: readonly DemoSession[] = [
  { resource: 'lind', weekdays: [1, 2, 4, 5], from: '08:00', until: '12:00', slotMinutes: 30, room: 'rum1' },
  { resource: 'lind', weekdays: [1, 2], from: '13:00', until: '16:00', slotMinutes: 30, room: 'rum1' },
  { resource: 'lind', weekdays: [4], from: '13:00', until: '15:00', slotMinutes: 30, room: 'rum1', lentUntilDays: 14 },
  { resource: 'lind', weekdays: [4], from: '15:00', until: '16:00', slotMinutes: 15, visitTypes: ['tel'] },
  { resource: 'lind-hjarta', weekdays: [3], from: '08:30', until: '15:00', slotMinutes: 30 },
  { resource: 'sandberg', weekdays: [1, 2, 3, 4, 5], from: '08:30', until: '11:30', slotMinutes: 30, room: 'rum2' },
  { resource: 'sandberg', weekdays: [1, 3, 4], from: '13:00', until: '15:30', slotMinutes: 30, room: 'rum2' },
  { resource: 'sandberg', weekdays: [2], from: '13:00', until: '14:30', slotMinutes: 15, visitTypes: ['tel', 'video'] },
  {
    resource: 'nordin',
    weekdays: [1, 2, 3, 4, 5],
    from: '08:00',
    until: '12:00',
    slotMinutes: 30,
    room: 'rum3',
    onBridgeDays: false,
  },
  { resource: 'nordin', weekdays: [1, 2, 3], from: '13:00', until: '16:00', slotMinutes: 30, room: 'rum3' },
  { resource: 'nordin', weekdays: [4], from: '13:00', until: '16:00', slotMinutes: 60, visitTypes: ['hem'] },
  { resource: 'lab', weekdays: [1, 2, 3, 4, 5], from: '07:30', until: '11:00', slotMinutes: 15, room: 'provrum' },
  {
    resource: 'lab',
    weekdays: [1, 2, 3, 4],
    from: '13:00',
    until: '14:30',
    slotMinutes: 15,
    room: 'provrum',
    lentUntilDays: 3,
  },
  { resource: 'tolk', weekdays: [2, 4], from: '09:00', until: '12:00', slotMinutes: 30 },
  { resource: 'ekolab', weekdays: [1, 3], from: '08:00', until: '12:00', slotMinutes: 45 },
];

/** Every third time of these, on the coming weekdays, is booked. */
export const DEMO_BOOKED = [
  { resource: 'lind', visitType: 'ater', from: '08:00', count: 8, slotMinutes: 30, weekdays: [1, 2, 4, 5] },
  { resource: 'sandberg', visitType: 'ater', from: '08:30', count: 6, slotMinutes: 30, weekdays: [1, 2, 3, 4, 5] },
  { resource: 'nordin', visitType: 'ater-dsk', from: '08:00', count: 8, slotMinutes: 30, weekdays: [1, 2, 3, 4, 5] },
  { resource: 'lab', visitType: 'prov', from: '07:30', count: 14, slotMinutes: 15, weekdays: [1, 2, 3, 4, 5] },
  { resource: 'lind-hjarta', visitType: 'ater-hjarta', from: '08:30', count: 12, slotMinutes: 30, weekdays: [3] },
  { resource: 'ekolab', visitType: 'eko', from: '08:00', count: 5, slotMinutes: 45, weekdays: [1, 3] },
] as const;
