import type { ActionMeaning } from '../grammar/values.ts';
import { type Entry, noun, words } from './entry.ts';

const strong = (type: ActionMeaning['type'], more: Partial<ActionMeaning> = {}): ActionMeaning => ({
  type,
  strength: 'strong',
  ...more,
});
const weak = (type: ActionMeaning['type'], more: Partial<ActionMeaning> = {}): ActionMeaning => ({
  type,
  strength: 'weak',
  ...more,
});

/** What can be asked for, by its words. `weak` words are plans only beside signs of one. */
export const ACTION_WORDS: readonly Entry[] = [
  noun('Action', strong('aterbesok'), 'återbesök åter-besök'),
  words('Action', strong('aterbesok'), 'åb åb:n återb åbes åb-tid återbesökstid återbes'),
  noun('Action', weak('aterbesok', { kind: 'visit' }), 'besök mottagningstid mottagningsbesök'),
  noun('Action', weak('aterbesok', { kind: 'visit' }), 'uppföljningssamtal samtal uppföljande_samtal'),
  words('Action', weak('aterbesok', { kind: 'visit', isEmpty: true }), 'tid tider'),
  words('Action', weak('aterbesok', { kind: 'visit' }), 'behandlingar behandlingstillfällen'),
  noun(
    'Action',
    weak('aterbesok', { kind: 'visit', fields: { reason: 'provsvar' } }),
    'provsvarstid provsvarsbesök provsvarssamtal',
  ),
  words('Action', weak('aterbesok', { kind: 'visit', definite: true }), 'tiden tiderna'),
  noun('Action', weak('aterbesok', { kind: 'check' }), 'kontroll uppföljning uppföljningsbesök kontrollbesök'),
  noun('Action', weak('undersokning', { kind: 'exam' }), 'undersökning'),
  words('Action', weak('aterbesok', { kind: 'check' }), 'uppf följs_upp följas_upp kontrolleras ktr ktrl kontr'),
  words('Action', strong('aterbesok', { kind: 'call' }), 'kallas kallelse inkallas kalla kallar ny_kallelse'),
  words(
    'Action',
    weak('aterbesok', { kind: 'verb' }),
    'ska_komma skulle_komma skall_komma får_komma bör_komma kan_komma ska_komma_åter ska_komma_tillbaka skall_komma_tillbaka skulle_komma_tillbaka får_komma_tillbaka bör_komma_tillbaka får_komma_åter komma_åter komma_tillbaka komma_på_kontroll kommer_åter kommer_tillbaka',
  ),
  words(
    'Action',
    weak('aterbesok', { kind: 'verb', flags: [{ name: 'visit_kind_assumed' }] }),
    'åter återkommer återkomma träffa träffas återse ses',
  ),
  noun('Action', strong('nybesok'), 'nybesök förstabesök'),
  words('Action', strong('nybesok'), 'nb första_besök'),
  noun(
    'Action',
    strong('telefon'),
    'telefontid telefonsamtal telefonuppföljning telefonåterbesök telefonkontakt telefonkontroll telefonavstämning telefonrådgivning telefonbesök',
  ),
  words(
    'Action',
    strong('telefon'),
    'tfn-tid tel-tid teltid tfntid tfn_tid tel_tid tele-tid uppringning tfn-kontakt tel-kontakt tfn-uppföljning tel-uppföljning tfn-åb tel-åb tfn-samtal telåb tfnåb',
  ),
  words(
    'Action',
    weak('telefon'),
    'tfn tel telefon telefonledes per_telefon kontakta kontaktas rings ringa ringer rings_upp ringas ringas_upp ring',
  ),
  words('Action', weak('telefon'), 'vi_hörs hörs_på_telefon höras_på_telefon hörs_per_telefon höras'),
  words(
    'Action',
    weak('provtagning', { fields: { prep: ['fasta'] } }),
    'fasteprov fasteprover fasteproverna fasteprovtagning',
  ),
  words(
    'Action',
    weak('aterbesok', { kind: 'service', fields: { service: 'stygntagning' } }),
    'stygn_tas stygnen_tas ta_stygn ta_stygnen tar_stygnen stygnen_tages suturer_tas suturerna_tas suturerna_tages ta_suturer',
  ),
  noun('Action', strong('video'), 'videobesök videosamtal videomöte videoåterbesök videotid videokonsultation'),
  words('Action', weak('video'), 'video via_video digitalt_besök digitalt_återbesök'),
  noun('Action', strong('hembesok'), 'hembesök'),
  noun(
    'Action',
    weak('provtagning'),
    'provtagning prov blodprov blodprovstagning labprov lab labkontroll blodprovskontroll provkontroll labb blodtest',
  ),
  words('Action', weak('provtagning'), 'prover blodprover labprover labb nya_prover blpr'),
  words('Action', strong('provtagning'), 'provtas provtagas ta_prover tar_prover tag_prover'),
  noun('Action', weak('undersokning', { fields: { service: 'spirometri' } }), 'spirometri'),
  noun('Action', weak('vaccination'), 'vaccination vaccin vaccinering'),
  words('Action', weak('vaccination'), 'vaccineras vacc'),
  noun('Action', weak('remiss'), 'remiss'),
  words('Action', strong('remiss'), 'remitteras remittera remitterar remissas'),
  noun('Action', weak('brev'), 'brev brevsvar svarsbrev'),
  words(
    'Action',
    strong('brev', { givesResult: true, fields: { reason: 'provsvar' } }),
    'svar_per_brev svar_i_brev brevsvar provsvar_per_brev svar_via_brev svar_med_brev svarsbrev brev_med_svar',
  ),
  noun('Action', weak('mote'), 'möte vårdplanering'),
  ...'nätverksmöte vårdplaneringsmöte avstämningsmöte teammöte planeringsmöte samverkansmöte'
    .split(' ')
    .map((service) => noun('Action', weak('mote', { fields: { service } }), service)),
  words(
    'Action',
    strong('mote', { fields: { service: 'SIP' } }),
    'sip-möte sip sip-mötet sipmöte sip_möte samordnad_individuell_plan',
  ),
  words(
    'Action',
    strong('ombokning'),
    'byt_tid byta_tid byter_tid byta_till byt_till omboka ombokas ombokning flytta flyttas boka_om bokas_om ombokar flyttar senarelägg senareläggs tidigarelägg tidigareläggs skjut_upp skjuta_upp',
  ),
  words('Action', strong('aterbesok', { kind: 'check', isNew: true }), 'ny_tid nytt_besök'),
  words(
    'Action',
    strong('avbokning'),
    'avboka avbokar avbokas avbokning boka_av bokas_av avbeställ avbeställa avbeställs ställ_in ställs_in',
  ),
];

/** Examinations by other means than pictures; the service is named as here. */
const EXAMINATIONS =
  'vilo-EKG blodtryckskontroll ekokardiografi hjärtekokardiografi EKG arbets-EKG arbetsprov långtids-EKG 24h-blodtryck gastroskopi koloskopi rektoskopi sigmoideoskopi cystoskopi bronkoskopi hörselprov audiogram synfält synundersökning ögonbottenfoto ögonbottenfotografering ögonbottenundersökning allergitest pricktest lungfunktion peak_flow minnestest minnesutredning fotstatus fotundersökning neurografi EMG EEG sömnregistrering biopsi hudbiopsi PAD cellprov cellprovskontroll cellprovtagning gyn-undersökning gynundersökning blodtrycksmätning ankeltryck dopplerundersökning 6-minuters_gångtest MoCA MMT MMSE bladderscan residualurin urodynamik tryckmätning ekg-registrering holter ekokardiografi hjärteko eko fotografering synprövning hörseltest kapselendoskopi eko_hjärta eko_cor 24-timmarsblodtryck 24-timmarsmätning nervledning ortostatiskt_blodtryck ortostatprov aktivitetsbedömning ADL-bedömning ekokardiogram dermatoskopi';

/** What is done at a visit, usually with a nurse. */
const TREATMENTS =
  'såromläggning omläggning sårkontroll suturtagning stygntagning stygnborttagning agraffborttagning injektion spruta B12-spruta B12-injektion öronspolning gipsning omgipsning kateterbyte KAD-byte kateterkontroll viktkontroll pulskontroll läkemedelsgenomgång läkemedelsdosettdelning sårvård kompressionslindning lindning venprovtagning infusion järninfusion akupunktur gipsavtagning gipskontroll hälsokontroll rökavvänjning KBT bedömning sjukskrivningskontroll årskontroll diabeteskontroll hypertonikontroll astmakontroll KOL-kontroll hälsosamtal teambedömning pacemakerkontroll implantatkontroll nagelbehandling kryobehandling frysbehandling excision teambesök gruppbesök stödsamtal samtalsstöd efterkontroll hälsoundersökning BVC-kontroll spiralbyte spiralinsättning p-stavsbyte stavbyte';

export const SERVICE_WORDS: readonly Entry[] = [
  ...EXAMINATIONS.split(' ').map((name) => serviceEntry('undersokning', name)),
  ...TREATMENTS.split(' ').map((name) => serviceEntry('aterbesok', name)),
  words(
    'Action',
    weak('undersokning', { fields: { service: '24h-blodtryck' } }),
    '24_h_blodtryck 24-h-blodtryck 24h_bt 24h-bt dygnsblodtryck 24_timmars_blodtryck',
  ),
  words(
    'Action',
    weak('undersokning', { fields: { service: 'blodtryckskontroll' } }),
    'bt-kontroll bt_kontroll blodtr-kontroll bt-ktr kontroll_bt kontroll_blodtryck kontroll_av_blodtryck kontroll_av_bt',
  ),
];

function serviceEntry(type: ActionMeaning['type'], name: string): Entry {
  const service = name.replaceAll('_', ' ');
  const meaning = weak(type, { kind: 'service', fields: { service } });
  const isAbbreviation = /^\p{Lu}[\p{Lu}\p{Ll}]?\p{Lu}+$|^eko$/u.test(name);
  return isAbbreviation ? words('Action', meaning, name.toLowerCase()) : noun('Action', meaning, name.toLowerCase());
}
