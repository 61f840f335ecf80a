import { weak } from './asked.ts';
import { type Entry, words } from './entry.ts';

/** Examinations told by a verb: "gastroskoperas inom två veckor". */
const SCOPES =
  'gastroskop koloskop cystoskop rektoskop bronkoskop sigmoideoskop artroskop hysteroskop kolposkop fiberskop';
const EXAMINATION_VERBS: Readonly<Record<string, string>> = {
  spirometri: 'spirometreras',
  biopsi: 'biopseras',
  pricktest: 'pricktestas',
  lapptest: 'lapptestas',
  audiometri: 'audiometreras hörseltestas',
  synundersökning: 'synprövas syntestas',
  ögonbottenfotografering: 'ögonbottenfotograferas ögonfotas',
  minnestest: 'minnestestas',
  fotografering: 'fotograferas',
};
const TREATMENT_VERBS: Readonly<Record<string, string>> = {
  omläggning: 'läggs_om lägga_om omläggs omlägges såret_läggs_om såren_läggs_om',
  omgipsning: 'gipsas_om omgipsas',
  öronspolning: 'öronspolas spola_öronen spolas_öronen öronen_spolas',
  dialys: 'dialyseras',
};

/** What is taken out or off, and what the visit for it is called. */
const REMOVALS: Readonly<Record<string, string>> = {
  stygntagning: 'stygn stygnen sutur suturer suturen suturerna trådar trådarna tråden',
  agraffborttagning: 'agraff agraffer agrafferna klamrar klamrarna',
  gipsavtagning: 'gips gipset gipsskena gipsskenan',
  dränborttagning: 'drän dränet dränage dränaget',
  kateterdragning: 'kateter katetern kad kad:n',
  tamponadborttagning: 'tamponad tamponaden nästamponad',
  stiftborttagning: 'stift stiften',
};
const REMOVED =
  'tas tas_bort tas_av tas_ut tages tages_bort dras dras_ut avlägsnas avlägsnes ut bort av ska_tas ska_ut ska_bort ska_tas_bort ska_dras';
const REMOVE =
  'ta tar ta_bort tar_bort ta_ut tar_ut dra drar dra_ut drar_ut avlägsna avlägsnar borttagning_av avlägsnande_av';

/** What is changed for another. */
const CHANGES: Readonly<Record<string, string>> = {
  kateterbyte: 'kateter katetern',
  'KAD-byte': 'kad kad:n',
  spiralbyte: 'spiral spiralen',
  'p-stavsbyte': 'p-stav p-staven',
  förbandsbyte: 'förband förbandet',
  sondbyte: 'sond sonden',
  'PEG-byte': 'peg',
  gipsbyte: 'gips gipset',
};
const CHANGED = 'byts byts_ut bytes';
const CHANGE = 'byta byter byta_ut byte_av';

/** Things told by what is done to the patient rather than by their names. */
export const DONE_TO_PATIENT: readonly Entry[] = [
  ...SCOPES.split(' ').map((stem) => examination(`${stem}i`, `${stem}eras`)),
  ...Object.entries(EXAMINATION_VERBS).map(([service, forms]) => examination(service, forms)),
  ...Object.entries(TREATMENT_VERBS).map(([service, forms]) => treatment(service, forms)),
  ...Object.entries(REMOVALS).map(([service, things]) => treatment(service, around(things, REMOVED, REMOVE))),
  ...Object.entries(CHANGES).map(([service, things]) => treatment(service, around(things, CHANGED, CHANGE))),
];

function examination(service: string, forms: string): Entry {
  return words('Action', weak('undersokning', { kind: 'service', fields: { service } }), forms);
}

function treatment(service: string, forms: string): Entry {
  return words('Action', weak('aterbesok', { kind: 'service', fields: { service } }), forms);
}

/** Every thing before every verb of the one kind, and after every one of the other. */
function around(things: string, verbsAfter: string, verbsBefore: string): string {
  const forms = things
    .split(' ')
    .flatMap((thing) => [
      ...verbsAfter.split(' ').map((verb) => `${thing}_${verb}`),
      ...verbsBefore.split(' ').map((verb) => `${verb}_${thing}`),
    ]);
  return forms.join(' ');
}
