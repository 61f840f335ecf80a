import { strong, weak } from './asked.ts';
import { type Entry, noun, words } from './entry.ts';

/** What can be asked for, by its words. `weak` words are plans only beside signs of one. */
export const ACTION_WORDS: readonly Entry[] = [
  noun('Action', strong('aterbesok'), 'återbesök åter-besök'),
  words('Action', strong('aterbesok'), 'åb åb:n återb åbes åb-tid återbesökstid återbes'),
  noun('Action', weak('aterbesok', { kind: 'visit' }), 'besök mottagningstid mottagningsbesök'),
  noun(
    'Action',
    weak('aterbesok', { kind: 'visit' }),
    'uppföljningssamtal samtal uppföljande_samtal träff samtalskontakt behandlingskontakt återbesökssamtal utvärderingssamtal motivationssamtal krissamtal avstämning avslutningssamtal behandlingssamtal föräldrasamtal bedömningssamtal informationssamtal mottagningsbedömning konsultation',
  ),
  words('Action', weak('aterbesok', { kind: 'visit', isEmpty: true }), 'tid tider'),
  words('Action', weak('aterbesok', { kind: 'visit' }), 'behandlingar behandlingstillfällen'),
  noun(
    'Action',
    weak('aterbesok', { kind: 'visit', fields: { reason: 'provsvar' } }),
    'provsvarstid provsvarsbesök provsvarssamtal svarstid svarsbesök svarssamtal resultatgenomgång',
  ),
  words('Action', weak('aterbesok', { kind: 'visit', definite: true }), 'tiden tiderna'),
  noun('Action', weak('aterbesok', { kind: 'check' }), 'kontroll uppföljning uppföljningsbesök kontrollbesök'),
  noun('Action', weak('undersokning', { kind: 'exam' }), 'undersökning'),
  words(
    'Action',
    weak('aterbesok', { kind: 'check' }),
    'uppf fortsatt_kontroll fortsatta_kontroller följs_upp följas_upp kontrolleras ktr ktrl kontr uppföljs följes_upp kontrolleras_upp kontrollera följa_upp efterkontrolleras omkontroll omkontrolleras omkontrollera kollas kollas_upp kolla_av kollas_av återkontroll',
  ),
  words(
    'Action',
    strong('aterbesok', { kind: 'call' }),
    'kallas kallelse inkallas kalla kallar ny_kallelse kallas_in kalla_in kallas_åter kallas_tillbaka återkallas kopplas_in koppla_in kopplar_in kopplas_på sätts_upp_på_kallelselista sätts_upp_för_kallelse läggs_på_bevakning',
  ),
  words(
    'Action',
    weak('aterbesok', { kind: 'verb' }),
    'ska_komma skulle_komma skall_komma får_komma bör_komma kan_komma ska_komma_åter ska_komma_tillbaka skall_komma_tillbaka skulle_komma_tillbaka får_komma_tillbaka bör_komma_tillbaka får_komma_åter komma_åter komma_tillbaka komma_på_kontroll kommer_åter kommer_tillbaka kommer_på_besök komma_på_besök komma_på_återbesök kommer_på_återbesök kommer_hit komma_hit kommer_igen komma_igen får_komma_igen ska_komma_igen får_komma_in ska_komma_in ska_komma_på får_komma_på kommer_på_kontroll återse_patienten',
  ),
  words(
    'Action',
    weak('aterbesok', { kind: 'verb', flags: [{ name: 'visit_kind_assumed' }] }),
    'åter återkommer återkomma träffa träffas återse ses ses_igen vi_ses vi_ses_igen ses_åter ses_på_nytt ses_vi ses_vi_igen ses_vi_åter träffas_vi träffas_igen vi_träffas vi_träffas_igen',
  ),
  words(
    'Action',
    strong('aterbesok', { kind: 'check' }),
    'följs_fortsatt följs_fortsättningsvis följs_vidare följs_framöver fortsätter_följas fortsätter_att_följas följas_vidare uppföljning_sker fortsatt_uppföljning fortsatt_uppföljning_sker',
  ),
  noun('Action', strong('nybesok'), 'nybesök förstabesök'),
  words('Action', strong('nybesok'), 'nb första_besök förstagångsbesök nybesökstid första_besöket inskrivningsbesök'),
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
    'tfn tel telefon telefonledes per_telefon kontakta kontaktas rings ringa ringer rings_upp ringas ringas_upp ring ringer_upp ringa_upp ring_upp ringer_tillbaka ringa_tillbaka rings_tillbaka återkopplar återkoppla återkopplas återkoppling telefonåterkoppling telefonbesked ringes ringes_upp uppringes uppringd kontaktas_per_telefon kontaktas_via_telefon',
  ),
  words(
    'Action',
    weak('telefon'),
    'hör_av_oss återkommer_till_patienten återkommer_till_pat återkommer_per_telefon vi_återkommer jag_återkommer vi_hörs hörs_på_telefon höras_på_telefon hörs_per_telefon höras hörs_av höras_av vi_hörs_av hörs_vi vi_hörs_igen hörs_igen',
  ),
  words(
    'Action',
    weak('provtagning', { fields: { prep: ['fasta'] } }),
    'fasteprov fasteprover fasteproverna fasteprovtagning',
  ),
  words('Action', weak('telefon', { fields: { practitioner: '@author' } }), 'hör_av_mig jag_hör_av_mig'),
  noun('Action', strong('video'), 'videobesök videosamtal videomöte videoåterbesök videotid videokonsultation'),
  words('Action', weak('video'), 'video via_video digitalt_besök digitalt_återbesök'),
  noun('Action', strong('hembesok'), 'hembesök'),
  noun(
    'Action',
    weak('provtagning'),
    'provtagning prov blodprov avföringsprov salivprov sputumprov blodprovstagning labprov lab labkontroll blodprovskontroll provkontroll labb blodtest',
  ),
  words(
    'Action',
    weak('provtagning'),
    'prover blodprover labprover labb nya_prover blpr årsprover årliga_prover kontrollprover kontrollprov rutinprover rutinblodprover uppföljningsprover diabetesprover provsvarskontroll labbprover labbkontroll labbprov',
  ),
  words(
    'Action',
    strong('provtagning'),
    'provtas provtagas ta_prover tar_prover tag_prover lämnar_prover lämna_prover lämnar_prov lämna_prov lämnar_blodprov lämna_blodprov lämnar_urinprov tar_blodprov ta_blodprov tar_om_prover ta_om_prover tar_nya_prover ta_nya_prover prover_tas prover_tages blodprover_tas',
  ),
  noun('Action', weak('undersokning', { fields: { service: 'spirometri' } }), 'spirometri'),
  noun('Action', weak('undersokning', { kind: 'service', fields: { service: 'vägning' } }), 'vägning vikttagning'),
  noun('Action', weak('vaccination'), 'vaccination vaccin vaccinering'),
  words(
    'Action',
    weak('vaccination'),
    'vaccineras vacc vaccinera revaccineras vaccinationstid påfyllnadsdos boosterdos vaccinationsdos',
  ),
  noun('Action', weak('remiss'), 'remiss'),
  words(
    'Action',
    strong('remiss'),
    'remitteras remittera remitterar remissas remitteras_vidare vidareremitteras remittera_vidare remitterar_vidare remitteras_åter återremitteras skriver_remiss skriva_remiss skriv_remiss utfärdar_remiss utfärda_remiss',
  ),
  noun('Action', weak('brev'), 'brev brevsvar svarsbrev'),
  words(
    'Action',
    strong('brev', { givesResult: true, fields: { reason: 'provsvar' } }),
    'svar_per_brev svar_i_brev brevsvar provsvar_per_brev svar_via_brev svar_med_brev svarsbrev brev_med_svar provsvarsbrev resultatbrev får_svar_i_brev svar_per_post svar_hem brevbesked besked_per_brev svar_på_brev skriftligt_svar skriftligt_besked',
  ),
  noun('Action', weak('mote'), 'möte vårdplanering'),
  ...'teamkonferens nätverksträff samordningsmöte omvårdnadskonferens behandlingskonferens vårdkonferens rehabmöte flerpartsmöte trepartsmöte anhörigmöte familjemöte skolmöte'
    .split(' ')
    .map((service) => noun('Action', weak('mote', { fields: { service } }), service)),
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
    'byt_tid byta_tid byter_tid byta_till byt_till omboka ombokas ombokning flytta flyttas boka_om bokas_om ombokar flyttar senarelägg senareläggs tidigarelägg tidigareläggs skjut_upp skjuta_upp skjuts_upp flytta_fram flyttas_fram flytta_om ändra_tid ändra_tiden byt_tiden byta_tiden behöver_ny_tid',
  ),
  words('Action', strong('aterbesok', { kind: 'check', isNew: true }), 'ny_tid nytt_besök'),
  words(
    'Action',
    strong('avbokning'),
    'avboka avbokar avbokas avbokning boka_av bokas_av avbeställ avbeställa avbeställs ställ_in ställs_in',
  ),
];
