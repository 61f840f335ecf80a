import { type Entry, names, noun, words } from './entry.ts';

/** Imaging: the short name stands in the request, followed by the site as written. */
export const IMAGING_WORDS: readonly Entry[] = [
  words('Modality', 'DT', 'dt-remiss dt ct datortomografi datortomografin skiktröntgen dt-undersökning'),
  words(
    'Modality',
    'MR',
    'mr-remiss mr mrt magnetkamera magnetkameran magnetkameraundersökning magnetröntgen mr-undersökning mri',
  ),
  words('Modality', 'ultraljud', 'ul ultraljud ultraljudet ultraljudsundersökning'),
  words(
    'Modality',
    'röntgen',
    'röntgenremiss rtg-remiss rtg röntgen röntgenundersökning slätröntgen rgt rtg-undersökning',
  ),
  words('Modality', 'PET', 'pet pet-ct pet-dt'),
  words(
    'Modality',
    'lungröntgen',
    'lungröntgen lungrtg lung-rtg rtg_pulm rtg_cor_pulm cor-pulm röntgen_pulm hjärt-lungröntgen lung-röntgen röntgen_cor_pulm',
  ),
  words('Modality', 'mammografi', 'mammografi mammografin'),
  words('Modality', 'skelettröntgen', 'skelettröntgen'),
  words('Modality', 'bentäthetsmätning', 'bentäthetsmätning dxa dexa dexa-mätning dxa-mätning'),
  words('Modality', 'skintigrafi', 'skintigrafi myokardskintigrafi skelettskintigrafi scint'),
  words('Modality', 'UKG', 'ukg'),
  ...names(
    'Site',
    'thorax buk hjärna hjärnan skalle skallen huvud ländrygg ländryggen rygg ryggen halsrygg bröstrygg helrygg knä knät knäet knän höft höften höfter bäcken axel axeln skuldra handled handleden hand händer fot foten fötter fotled fotleden armbåge bihålor sköldkörtel thyreoidea tyreoidea njurar njure njurarna urinvägar urinblåsa lever levern gallvägar gallblåsa gallan aorta bukaorta karotis halskärl ben benen underben lårben hjärta hjärtat lungor lunga lungorna bröst brösten mammae testiklar prostata buken bukspottkörtel pancreas tunntarm tjocktarm kolon lymfkörtlar hals halsen tand tänder fingrar tår hypofys öron ansikte orbita columna os_sacrum si-leder halsryggen bröstryggen scrotum livmoder',
  ),
  words('Site', 'höger', 'höger hö vänster vä bilateralt båda'),
];

const analysis = (name: string, forms: string): Entry => words('Analysis', name, forms);

export const ANALYSIS_WORDS: readonly Entry[] = [
  analysis('HbA1c', 'hba1c hb_a1c hba_1_c långtidssocker långtidsblodsocker långtidssockret'),
  analysis('B-Hb', 'b-hb'),
  analysis('Hb', 'hb blodvärde hemoglobin hb-kontroll'),
  analysis('kreatinin', 'krea kreatinin p-krea s-krea'),
  analysis('kalium', 'k kalium'),
  analysis('natrium', 'na natrium'),
  analysis('lipider', 'lipider blodfetter lipidstatus blodlipider'),
  analysis('kolesterol', 'kolesterol kol-värde'),
  analysis('INR', 'inr'),
  analysis('PK', 'pk'),
  analysis('PK-INR', 'pk-inr pk/inr pk(inr)'),
  analysis('fritt T4', 'fritt_t4 ft4 t4'),
  analysis('D-vitamin', 'd-vitamin vitamin_d 25-oh-d'),
  analysis('B12', 'b12 b-12 kobalamin vitamin_b12'),
  analysis('folat', 'folat folsyra'),
  analysis('elstatus', 'elstatus elektrolyter elektrolytstatus el-status elyter'),
  analysis('leverstatus', 'leverstatus levervärden'),
  analysis('leverprover', 'leverprover'),
  analysis('blodstatus', 'blodstatus bs'),
  analysis('B-glukos', 'b-glukos b_glukos'),
  analysis('P-glukos', 'p-glukos glukos blodsocker'),
  analysis('fP-glukos', 'fp-glukos fasteblodsocker fasteglukos fastesocker'),
  analysis('NT-proBNP', 'nt-probnp probnp nt_probnp'),
  analysis('U-albumin', 'u-albumin urinalbumin'),
  analysis('albumin/kreatinin-kvot', 'u-alb/krea albumin/kreatinin-kvot alb/krea alb-krea-kvot u-alb/krea-kvot'),
  analysis('urinodling', 'urinodling'),
  analysis('urinprov', 'urinprov urinsticka u-sticka'),
  ...'PSA TSH T3 CRP SR LPK TPK ALAT ASAT ALP GT LDL HDL eGFR ferritin järn transferrin PTH kalcium magnesium fosfat urat albumin bilirubin amylas LD CK troponin ACR TPO anti-CCP RF ANA kortisol prolaktin testosteron östradiol FSH LH litium S-litium digoxin F-Hb F-kalprotektin kalprotektin hepatit HIV klamydia borrelia transglutaminas trombocyter leukocyter cystatin homocystein triglycerider reumafaktor PEth Phadiatop CDT cobalamin järnstatus tyreoideaprover thyreoideaprover sköldkörtelprover njurprover njurfunktion reumaprover anemiprover demensprover'
    .split(' ')
    .map((name) => analysis(name, name.toLowerCase())),
];

export const VACCINE_WORDS: readonly Entry[] = [
  words('Vaccine', 'TBE', 'tbe fästingvaccin tbe-vaccin'),
  words('Vaccine', 'pneumokocker', 'pneumokocker pneumokock pneumokockvaccin lunginflammation'),
  words('Vaccine', 'influensa', 'influensa influensavaccin influensavaccination'),
  words('Vaccine', 'covid', 'covid covid-19 covidvaccin'),
  words('Vaccine', 'hepatit A', 'hepatit_a'),
  words('Vaccine', 'hepatit B', 'hepatit_b'),
  words('Vaccine', 'hepatit A och B', 'hepatit_a_och_b twinrix'),
  words('Vaccine', 'stelkramp', 'stelkramp tetanus'),
  words('Vaccine', 'bältros', 'bältros shingrix'),
  words('Vaccine', 'HPV', 'hpv'),
  words('Vaccine', 'MPR', 'mpr mässling'),
  words('Vaccine', 'vattkoppor', 'vattkoppor'),
  words('Vaccine', 'meningokocker', 'meningokocker meningokock'),
  words('Vaccine', 'gula febern', 'gula_febern'),
  words('Vaccine', 'kikhosta', 'kikhosta'),
  words('Vaccine', 'difteri', 'difteri'),
  words('Vaccine', 'polio', 'polio'),
  words('Vaccine', 'rabies', 'rabies'),
  words('Vaccine', 'RS-virus', 'rs rs-virus rsv'),
];

export const EVENT_WORDS: readonly Entry[] = [
  words('EventVerb', 'operation', 'opereras opererad opererades opererats operation_planerad op_planerad operation op'),
  words('EventVerb', 'utskrivning', 'skrivs_ut utskrivs utskrivning'),
  noun('Event', 'operation', 'operation op ingrepp kirurgi'),
  noun('Event', 'utskrivning', 'utskrivning utskrivningen hemgång'),
  noun(
    'Event',
    'insättning',
    'insättning start_av_behandling behandlingsstart läkemedelsstart dosändring dosjustering dosökning dosminskning höjning sänkning',
  ),
  noun('Event', 'avslutad behandling', 'avslutad_behandling behandlingsslut behandlingens_slut'),
  ...names('Event', 'avslutad_kur avslutad_antibiotikabehandling avslutad_antibiotikakur avslutad_antibiotika'),
  noun('Event', 'förlossning', 'förlossning partus'),
  noun('Event', 'gipsborttagning', 'gipsborttagning avgipsning'),
  noun('Event', 'hjärtinfarkt', 'hjärtinfarkt infarkt stroke'),
  noun('Event', 'skada', 'skada skadetillfälle olycka fraktur'),
  noun('Event', 'stråla', 'strålbehandling cellgiftsbehandling'),
  noun('Event', 'sjukskrivning', 'sjukskrivning sjukskrivningsperiod'),
];
