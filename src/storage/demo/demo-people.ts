import type { AccountRole, PersonalNumberKind } from '../../contracts/clinic.ts';

// Everybody here is made up. Birth numbers 980-999 are given to nobody, and the check digits are right.

export interface DemoPatient {
  readonly number: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string;
  /** Place in DEMO_UNITS. */
  readonly unit: 0 | 1;
  /** A personnummer when absent. */
  readonly personalNumberKind?: PersonalNumberKind;
  readonly interpreterLanguage?: string;
  readonly protectedIdentity?: boolean;
  /** The guardian's family name. */
  readonly guardian?: string;
}

export interface DemoStaff {
  readonly username: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly profession: string | null;
  readonly accountRoles: readonly AccountRole[];
  /** Places in DEMO_UNITS. */
  readonly units: readonly (0 | 1)[];
}

export const DEMO_UNITS = [
  {
    name: 'Vårdcentralen Demogatan',
    phone: '08-123 456 00',
    phoneHours: 'vardagar kl. 8–16',
    address: 'Demogatan 1, 100 00 Exempelstad',
    directions: 'Entrén ligger mot torget, på bottenvåningen. Buss 4 och 9 stannar utanför.',
  },
  {
    name: 'Hjärtmottagningen Demo',
    phone: '08-123 456 50',
    phoneHours: 'vardagar kl. 8–10',
    address: 'Exempelvägen 12, 100 00 Exempelstad',
    directions: 'Gå in genom huvudentrén och ta hiss B till plan 3.',
  },
] as const;

export const DEMO_STAFF: readonly DemoStaff[] = [
  {
    username: 'lind',
    givenName: 'Elin',
    familyName: 'Lind',
    profession: 'lakare',
    accountRoles: ['clinician'],
    units: [0, 1],
  },
  {
    username: 'sandberg',
    givenName: 'Oskar',
    familyName: 'Sandberg',
    profession: 'lakare',
    accountRoles: ['clinician'],
    units: [0],
  },
  {
    username: 'nordin',
    givenName: 'Kerstin',
    familyName: 'Nordin',
    profession: 'distriktsskoterska',
    accountRoles: ['clinician'],
    units: [0],
  },
  {
    username: 'oberg',
    givenName: 'Maj',
    familyName: 'Öberg',
    profession: null,
    accountRoles: ['administrator'],
    units: [0, 1],
  },
  {
    username: 'palm',
    givenName: 'Joel',
    familyName: 'Palm',
    profession: null,
    accountRoles: ['administrator'],
    units: [0],
  },
  {
    username: 'drift',
    givenName: 'Dana',
    familyName: 'Drift',
    profession: null,
    accountRoles: ['operator'],
    units: [0, 1],
  },
];

export const DEMO_PATIENTS: readonly DemoPatient[] = [
  { number: '192606059802', givenName: 'Anna', familyName: 'Almgren', birthDate: '1926-06-05', unit: 0 },
  { number: '193107219812', givenName: 'Lars', familyName: 'Berglund', birthDate: '1931-07-21', unit: 0 },
  { number: '193401039825', givenName: 'Maria', familyName: 'Cederqvist', birthDate: '1934-01-03', unit: 0 },
  { number: '193809049830', givenName: 'Anders', familyName: 'Dahlström', birthDate: '1938-09-04', unit: 1 },
  { number: '194006199840', givenName: 'Eva', familyName: 'Ekman', birthDate: '1940-06-19', unit: 0 },
  { number: '194201179852', givenName: 'Erik', familyName: 'Fagerberg', birthDate: '1942-01-17', unit: 0 },
  { number: '194404029862', givenName: 'Karin', familyName: 'Granat', birthDate: '1944-04-02', unit: 0 },
  { number: '194502149877', givenName: 'Johan', familyName: 'Hellsing', birthDate: '1945-02-14', unit: 1 },
  { number: '194707039881', givenName: 'Birgitta', familyName: 'Isaksson', birthDate: '1947-07-03', unit: 0 },
  { number: '194804039891', givenName: 'Per', familyName: 'Jonsson', birthDate: '1948-04-03', unit: 0 },
  { number: '195009149906', givenName: 'Elisabeth', familyName: 'Kullander', birthDate: '1950-09-14', unit: 0 },
  { number: '195101279916', givenName: 'Nils', familyName: 'Lövgren', birthDate: '1951-01-27', unit: 1 },
  { number: '195310049928', givenName: 'Ingrid', familyName: 'Mårtensson', birthDate: '1953-10-04', unit: 0 },
  { number: '195504219931', givenName: 'Karl', familyName: 'Nyqvist', birthDate: '1955-04-21', unit: 0 },
  { number: '195711199942', givenName: 'Margareta', familyName: 'Ovesson', birthDate: '1957-11-19', unit: 0 },
  { number: '195801199950', givenName: 'Mikael', familyName: 'Palmblad', birthDate: '1958-01-19', unit: 1 },
  { number: '196010139969', givenName: 'Linnea', familyName: 'Qvist', birthDate: '1960-10-13', unit: 0 },
  { number: '196201089973', givenName: 'Olof', familyName: 'Rosengren', birthDate: '1962-01-08', unit: 0 },
  { number: '196401189987', givenName: 'Åsa', familyName: 'Sjödin', birthDate: '1964-01-18', unit: 0 },
  { number: '196603109999', givenName: 'Göran', familyName: 'Tunberg', birthDate: '1966-03-10', unit: 1 },
  { number: '196807059800', givenName: 'Ebba', familyName: 'Ullberg', birthDate: '1968-07-05', unit: 0 },
  {
    number: '197009049813',
    givenName: 'Örjan',
    familyName: 'Videgård',
    birthDate: '1970-09-04',
    unit: 0,
    protectedIdentity: true,
  },
  { number: '197210109828', givenName: 'Alva', familyName: 'Wiklund', birthDate: '1972-10-10', unit: 0 },
  { number: '197509279837', givenName: 'Hassan', familyName: 'Yngvesson', birthDate: '1975-09-27', unit: 1 },
  {
    number: '19771106K069',
    givenName: 'Fatima',
    familyName: 'Zetterlund',
    birthDate: '1977-11-06',
    unit: 0,
    personalNumberKind: 'reservnummer',
  },
  { number: '197902199855', givenName: 'Mohammed', familyName: 'Åkesson', birthDate: '1979-02-19', unit: 0 },
  { number: '198110219865', givenName: 'Zahra', familyName: 'Ängmark', birthDate: '1981-10-21', unit: 0 },
  { number: '198304129870', givenName: 'Dragan', familyName: 'Österdahl', birthDate: '1983-04-12', unit: 1 },
  {
    number: '198502189882',
    givenName: 'Svetlana',
    familyName: 'Hashemi',
    birthDate: '1985-02-18',
    unit: 0,
    interpreterLanguage: 'fa',
  },
  {
    number: '198712639890',
    givenName: 'Elias',
    familyName: 'Farah',
    birthDate: '1987-12-03',
    unit: 0,
    personalNumberKind: 'samordningsnummer',
    interpreterLanguage: 'so',
  },
  {
    number: '198910029902',
    givenName: 'Signe',
    familyName: 'Petrovic',
    birthDate: '1989-10-02',
    unit: 0,
    interpreterLanguage: 'sr',
  },
  {
    number: '199110079911',
    givenName: 'Hugo',
    familyName: 'Haddad',
    birthDate: '1991-10-07',
    unit: 1,
    interpreterLanguage: 'ar',
  },
  { number: '199408229921', givenName: 'Wilma', familyName: 'Nilsdotter', birthDate: '1994-08-22', unit: 0 },
  { number: '199709149935', givenName: 'Sixten', familyName: 'Brandt', birthDate: '1997-09-14', unit: 0 },
  { number: '200006159941', givenName: 'Gunborg', familyName: 'Söderholm', birthDate: '2000-06-15', unit: 0 },
  { number: '200410159958', givenName: 'Bertil', familyName: 'Lindahl', birthDate: '2004-10-15', unit: 1 },
  { number: '200906109962', givenName: 'Ulla', familyName: 'Wester', birthDate: '2009-06-10', unit: 0 },
  { number: '201404269977', givenName: 'Ali', familyName: 'Högberg', birthDate: '2014-04-26', unit: 0 },
  {
    number: '201903239984',
    givenName: 'Amina',
    familyName: 'Eklöf',
    birthDate: '2019-03-23',
    unit: 0,
    guardian: 'Brandt',
  },
  {
    number: '202304039999',
    givenName: 'Åke',
    familyName: 'Thunell',
    birthDate: '2023-04-03',
    unit: 1,
    guardian: 'Söderholm',
  },
];
