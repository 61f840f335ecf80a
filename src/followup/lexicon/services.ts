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
  words('Modality', 'PET', 'pet pet-ct pet-dt petct'),
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
  ...'urografi MRCP karotisduplex venduplex kärlduplex buköversikt HIDA defekografi panoramaröntgen OPG CT-colon DT-kolografi CT-angio DT-angio MR-angio'
    .split(' ')
    .map((name) => words('Modality', name, name.toLowerCase())),
  words(
    'Modality',
    'röntgen',
    'röntgas slätröntgas kontrollröntgen kontrollröntgas röntgenkontroll rtg-kontroll röntgenbild röntgenbilder',
  ),
  ...names(
    'Site',
    'thorax buk hjärna hjärnan skalle skallen huvud ländrygg ländryggen rygg ryggen halsrygg bröstrygg helrygg knä knät knäet knän höft höften höfter bäcken axel axeln skuldra handled handleden hand händer fot foten fötter fotled fotleden armbåge bihålor sköldkörtel thyreoidea tyreoidea njurar njure njurarna urinvägar urinblåsa lever levern gallvägar gallblåsa gallan aorta bukaorta karotis halskärl ben benen underben lårben hjärta hjärtat lungor lunga lungorna bröst brösten mammae testiklar prostata buken bukspottkörtel pancreas tunntarm tjocktarm kolon lymfkörtlar hals halsen tand tänder fingrar tår hypofys öron ansikte orbita columna os_sacrum si-leder halsryggen bröstryggen scrotum livmoder tumme tummen pekfinger långfinger ringfinger lillfinger stortå stortån hälsena hälsenan vad vaden ljumske ljumsken nacke nacken näsa näsan näsbihålor käke käken käkled käkleder bröstkorg bröstkorgen revben nyckelben clavikel svanskota svanskotan coccyx sacrum iliosakralleder tibia femur humerus radius ulna patella menisk menisken överarm överarmen underarm underarmen tumbas tumbasen häl hälen skulderblad parotis spottkörtlar spottkörteln sköldkörteln bisköldkörtlar binjurar binjure mjälte mjälten rektum testis pung pungen uterus ovarier äggstockar magen ventrikel matstrupe esofagus mediastinum kranskärl carotis karotider lungkärl mjukdelar lymfkörtel axill axiller armhåla armhålan njure njuren nyckelbenet armbågen handen knän lårbenet underbenet',
  ),
  words('Site', 'höger', 'höger hö vänster vä bilateralt båda bilat dx sin'),
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
  analysis('U-albumin', 'u-albumin urinalbumin urin_albumin'),
  analysis(
    'albumin/kreatinin-kvot',
    'u-alb_/_krea alb_/_krea u-alb_/_krea-kvot u-albumin_/_kreatinin albumin_/_kreatinin-kvot albumin_/_kreatinin u-alb/krea albumin/kreatinin-kvot alb/krea alb-krea-kvot u-alb/krea-kvot',
  ),
  analysis('urinodling', 'urinodling'),
  analysis('urinprov', 'urinprov urinsticka u-sticka'),
  analysis('SR', 'sänkan blodsänka sänkereaktion'),
  analysis('glukosbelastning', 'glukosbelastning ogtt sockerbelastning oral_glukosbelastning'),
  analysis('glukoskurva', 'glukoskurva blodsockerkurva glukosdygnskurva'),
  analysis('graviditetstest', 'graviditetstest u-hcg hcg'),
  analysis('D-dimer', 'd-dimer'),
  analysis('APT-tid', 'apt-tid aptt apt_tid'),
  analysis('CA-125', 'ca-125 ca125'),
  analysis('CA 19-9', 'ca_19-9 ca19-9'),
  analysis('cystatin C', 'cystatin_c'),
  analysis('vitamin D', '25-oh-vitamin_d'),
  analysis('joniserat kalcium', 'joniserat_kalcium kalciumjon'),
  analysis('fritt T3', 'fritt_t3 ft3'),
  analysis('hs-CRP', 'hs-crp högkänsligt_crp'),
  analysis('Helicobacter', 'helicobacter helicobacterprov h_pylori hp-antigen'),
  analysis('urinodling', 'urinodl u-odling urinodlingskontroll'),
  analysis('HPV-prov', 'hpv-prov hpv-test'),
  analysis('lipider', 'lipidprover blodfettsprover kolesterolprover'),
  ...'PSA TSH T3 CRP SR LPK TPK ALAT ASAT ALP GT LDL HDL eGFR ferritin järn transferrin PTH kalcium magnesium fosfat urat albumin bilirubin amylas LD CK troponin ACR TPO anti-CCP RF ANA kortisol prolaktin testosteron östradiol FSH LH litium S-litium digoxin F-Hb F-kalprotektin kalprotektin hepatit HIV järnmättnad TIBC retikulocyter MCV haptoglobin elfores proteinelfores IgA IgG IgM IgE ANCA TRAK anti-TPO laktosgentest celiakiprover gonorré gonokocker syfilis mykoplasma HCV HBV halsodling svalgodling sårodling nasofarynxodling odling blododling fecesodling tarmodling hudodling svampodling AMH SHBG androstendion DHEAS IGF-1 ACTH dygnskortisol katekolaminer metanefriner aldosteron renin zink koppar laktat lipas pankreasamylas CEA AFP drogscreening drogtest urintox alkoholprov läkemedelskoncentration valproat lamotrigin karbamazepin klozapin nortriptylin takrolimus ciklosporin iohexolclearance clearance blodgrupp blodgruppering bastest fibrinogen antitrombin BNP mikroalbumin mikroalbuminuri levervärde njurvärden njurvärde hjärtprover lipidprofil tyreoideastatus thyreoideastatus järnprover leverprov koagulationsprover koagulationsstatus blodfett hormonprover vitaminprover allergiprover inflammationsprover infektionsprover elektrolyter säkerhetsprover litiumprover metotrexatprover artritprover borreliaserologi streptokocktest snabb-CRP blodgas urinsediment klamydia borrelia transglutaminas trombocyter leukocyter cystatin homocystein triglycerider reumafaktor PEth Phadiatop CDT cobalamin järnstatus tyreoideaprover thyreoideaprover sköldkörtelprover njurprover njurfunktion reumaprover anemiprover demensprover'
    .split(' ')
    .map((name) => analysis(name, name.toLowerCase())),
];

export const VACCINE_WORDS: readonly Entry[] = [
  words('Vaccine', 'TBE', 'tbe fästingvaccin tbe-vaccin'),
  words('Vaccine', 'pneumokocker', 'pneumokocker pneumokock pneumokockvaccin lunginflammation'),
  words('Vaccine', 'influensa', 'influensa influensavaccin influensavaccination'),
  words('Vaccine', 'covid', 'covid covid-19 covidvaccin'),
  words('Vaccine', 'hepatit A', 'hepatit_a hepatit_a-vaccin hepatit_a-vaccination'),
  words('Vaccine', 'hepatit B', 'hepatit_b hepatit_b-vaccin hepatit_b-vaccination'),
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
