import type { ActionMeaning, Category, Sense } from '../grammar/values.ts';

/** What the last part of a compound makes of the whole. The whole word is the service where `service` is true. */
export interface CompoundHead {
  readonly ending: string;
  readonly category: Extract<Category, 'Action' | 'Place' | 'Modality' | 'Event' | 'Role' | 'Answer'>;
  readonly action?: ActionMeaning;
  readonly service?: boolean;
  /** What the head means by itself; the whole word when absent. */
  readonly value?: string;
}

const visit = (type: ActionMeaning['type'], strength: ActionMeaning['strength'] = 'strong'): ActionMeaning => ({
  type,
  strength,
});

/** Longest ending first; the noun's other forms follow by rule. */
export const COMPOUND_HEADS: readonly CompoundHead[] = [
  { ending: 'återbesök', category: 'Action', action: visit('aterbesok') },
  { ending: 'nybesök', category: 'Action', action: visit('nybesok') },
  { ending: 'hembesök', category: 'Action', action: visit('hembesok') },
  { ending: 'telefontid', category: 'Action', action: visit('telefon') },
  { ending: 'telefonsamtal', category: 'Action', action: visit('telefon') },
  { ending: 'telefonkontakt', category: 'Action', action: visit('telefon') },
  { ending: 'besök', category: 'Action', action: { ...visit('aterbesok', 'weak'), kind: 'visit' } },
  { ending: 'tid', category: 'Action', action: { ...visit('aterbesok', 'weak'), kind: 'visit' } },
  { ending: 'mottagning', category: 'Place' },
  { ending: 'mott', category: 'Place' },
  { ending: 'klinik', category: 'Place' },
  { ending: 'psykiatri', category: 'Place' },
  { ending: 'rehab', category: 'Place' },
  { ending: 'vården', category: 'Place' },
  { ending: 'kirurg', category: 'Place' },
  { ending: 'kirurgi', category: 'Place' },
  { ending: 'avdelning', category: 'Place' },
  { ending: 'enhet', category: 'Place' },
  { ending: 'specialist', category: 'Place' },
  { ending: 'medicin', category: 'Place' },
  { ending: 'teamet', category: 'Place' },
  { ending: 'team', category: 'Place' },
  { ending: 'central', category: 'Place' },
  { ending: 'remiss', category: 'Action', action: visit('remiss', 'weak'), service: true },
  { ending: 'röntgen', category: 'Modality' },
  { ending: 'rtg', category: 'Modality' },
  { ending: 'ultraljud', category: 'Modality' },
  { ending: 'kontroll', category: 'Action', action: visit('undersokning', 'weak'), service: true },
  { ending: 'uppföljning', category: 'Action', action: visit('aterbesok', 'weak'), service: true },
  { ending: 'provtagning', category: 'Action', action: visit('provtagning', 'weak'), service: true },
  { ending: 'odling', category: 'Action', action: visit('provtagning', 'weak'), service: true },
  { ending: 'prov', category: 'Action', action: visit('provtagning', 'weak'), service: true },
  { ending: 'prover', category: 'Action', action: visit('provtagning', 'weak'), service: true },
  { ending: 'undersökning', category: 'Action', action: visit('undersokning', 'weak'), service: true },
  { ending: 'mätning', category: 'Action', action: visit('undersokning', 'weak'), service: true },
  { ending: 'tryckstagning', category: 'Action', action: visit('undersokning', 'weak'), service: true },
  { ending: 'registrering', category: 'Action', action: visit('undersokning', 'weak'), service: true },
  { ending: 'skopi', category: 'Action', action: visit('undersokning', 'weak'), service: true },
  { ending: 'vaccination', category: 'Action', action: visit('vaccination', 'weak'), service: true },
  { ending: 'vaccin', category: 'Action', action: visit('vaccination', 'weak'), service: true },
  { ending: 'omläggning', category: 'Action', action: visit('aterbesok', 'weak'), service: true },
  {
    ending: 'behandling',
    category: 'Action',
    action: { ...visit('aterbesok', 'weak'), kind: 'service' },
    service: true,
  },
  { ending: 'utredning', category: 'Action', action: visit('undersokning', 'weak'), service: true },
  { ending: 'test', category: 'Action', action: visit('undersokning', 'weak'), service: true },
  { ending: 'möte', category: 'Action', action: visit('mote', 'weak'), service: true },
  { ending: 'samtal', category: 'Action', action: visit('aterbesok', 'weak'), service: true },
  { ending: 'bedömning', category: 'Action', action: visit('aterbesok', 'weak'), service: true },
  { ending: 'träff', category: 'Action', action: visit('aterbesok', 'weak'), service: true },
  { ending: 'konsultation', category: 'Action', action: visit('aterbesok', 'weak'), service: true },
  { ending: 'utprovning', category: 'Action', action: visit('aterbesok', 'weak'), service: true },
  { ending: 'rådgivning', category: 'Action', action: visit('aterbesok', 'weak'), service: true },
  { ending: 'kontakt', category: 'Action', action: { ...visit('aterbesok', 'weak'), kind: 'visit' } },
  { ending: 'avstämning', category: 'Action', action: { ...visit('aterbesok', 'weak'), kind: 'visit' } },
  { ending: 'svar', category: 'Answer' },
  { ending: 'läkare', category: 'Role', value: 'lakare' },
  { ending: 'sjuksköterska', category: 'Role', value: 'sjukskoterska' },
  { ending: 'sköterska', category: 'Role', value: 'sjukskoterska' },
  { ending: 'ssk', category: 'Role', value: 'sjukskoterska' },
  { ending: 'terapeut', category: 'Role' },
  { ending: 'operation', category: 'Event' },
];

/** First parts that make one more kind of doctor, nurse or therapist of the head: others are more likely misheard. */
export const ROLE_BEGINNINGS: ReadonlySet<string> = new Set(
  'jour barn skol företags avdelnings mottagnings ansvarig hus vik bakjour primärvårds hemsjukvårds narkos ssk samordnings rehab ordinarie behandlande ansvars distrikts primärvårds kommun bvc bhv mvc vc'.split(
    ' ',
  ),
);

/** First parts that make a nurse of one field: the role is named by it, in the letters of the data. */
export const NURSE_FIELDS: ReadonlySet<string> = new Set(
  'ögon öron reuma uro urologi infusions dialys njur demens minnes koloskopi endoskopi epilepsi ms parkinson stroke smärt palliativ lung stomi inkontinens osteoporos fraktur hud allergi tarm ibd onkologi cancer psykiatri beroende vaccinations gyn hematologi insulinpump pump äldre geriatrik obesitas överviktss övervikts livsstils tobaks hälso medicin kirurg ortoped hjärtsvikts svikt hjärt arytmi pacemaker sömnapné neuro hepatit infektions ryggs bröst prostata'.split(
    ' ',
  ),
);

/** First parts that say who, how or what kind of meeting the head is. */
export const COMPOUND_MODIFIERS: readonly { readonly beginning: string; readonly senses: readonly Sense[] }[] = [
  ...(['läkar', 'doktors', 'läk', 'dr'] as const).map((beginning) => role(beginning, 'lakare')),
  role('sjuksköterske', 'sjukskoterska'),
  role('sköterske', 'sjukskoterska'),
  role('ssk', 'sjukskoterska'),
  role('distriktssköterske', 'distriktsskoterska'),
  role('dsk', 'distriktsskoterska'),
  role('kurator', 'kurator'),
  role('psykolog', 'psykolog'),
  role('dietist', 'dietist'),
  role('barnmorske', 'barnmorska'),
  role('barnmorska', 'barnmorska'),
  role('arbetsterapeut', 'arbetsterapeut'),
  role('logoped', 'logoped'),
  role('diabetessköterske', 'diabetessjukskoterska'),
  role('specialist', 'lakare'),
  role('audionom', 'audionom'),
  role('fysioterapeut', 'fysioterapeut'),
  role('sjukgymnast', 'fysioterapeut'),
  type('telefon', 'telefon'),
  type('tfn', 'telefon'),
  type('tel', 'telefon'),
  type('ring', 'telefon'),
  type('video', 'video'),
  type('hem', 'hembesok'),
  type('provtagnings', 'provtagning'),
  type('prov', 'provtagning'),
  type('lab', 'provtagning'),
  type('vaccinations', 'vaccination'),
  type('återbesöks', 'aterbesok'),
  type('nybesöks', 'nybesok'),
  type('röntgen', 'rontgen'),
];

function role(beginning: string, value: string): { beginning: string; senses: readonly Sense[] } {
  return { beginning, senses: [{ category: 'Role', value }] };
}

function type(beginning: string, value: ActionMeaning['type']): { beginning: string; senses: readonly Sense[] } {
  return { beginning, senses: [{ category: 'Action', value: { type: value, strength: 'strong' } }] };
}
