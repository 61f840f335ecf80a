import type { Weekday } from '../calendar/local-date.ts';
import { type Entry, words } from './entry.ts';

const CARDINALS = [
  'noll',
  'en ett',
  'två tu',
  'tre',
  'fyra',
  'fem',
  'sex',
  'sju',
  'åtta',
  'nio',
  'tio',
  'elva',
  'tolv',
  'tretton',
  'fjorton',
  'femton',
  'sexton',
  'sjutton',
  'arton',
  'nitton',
];
const TENS = ['tjugo', 'trettio', 'fyrtio', 'femtio', 'sextio', 'sjuttio', 'åttio', 'nittio'];
const ORDINALS = [
  'första 1:a förste',
  'andra 2:a andre',
  'tredje 3:e',
  'fjärde 4:e',
  'femte 5:e',
  'sjätte 6:e',
  'sjunde 7:e',
  'åttonde 8:e',
  'nionde 9:e',
  'tionde 10:e',
  'elfte 11:e',
  'tolfte 12:e',
  'trettonde 13:e',
  'fjortonde 14:e',
  'femtonde 15:e',
  'sextonde 16:e',
  'sjuttonde 17:e',
  'artonde 18:e',
  'nittonde 19:e',
  'tjugonde 20:e',
  'tjugoförsta 21:a',
  'tjugoandra 22:a',
  'tjugotredje 23:e',
  'tjugofjärde 24:e',
  'tjugofemte 25:e',
  'tjugosjätte 26:e',
  'tjugosjunde 27:e',
  'tjugoåttonde 28:e',
  'tjugonionde 29:e',
  'trettionde 30:e',
  'trettioförsta 31:a',
];

function numberWords(): Entry[] {
  const tens = TENS.flatMap((ten, index) =>
    CARDINALS.slice(0, 10).map((units, unit) => {
      const forms =
        unit === 0
          ? ten
          : units
              .split(' ')
              .map((one) => `${ten}${one} ${ten}_${one}`)
              .join(' ');
      return words('Number', (index + 2) * 10 + unit, forms);
    }),
  );
  const ordinals = ORDINALS.map((forms, index) => words('Ordinal', index + 1, forms));
  return [...CARDINALS.map((forms, value) => words('Number', value, forms)), ...tens, ...ordinals];
}

const WEEKDAYS = [
  'måndag mån',
  'tisdag tis tisd',
  'onsdag ons onsd',
  'torsdag tors tor torsd',
  'fredag fre fred',
  'lördag lör lörd',
  'söndag sön sönd',
];
const MONTHS = [
  'januari jan',
  'februari feb febr',
  'mars mar',
  'april apr',
  'maj',
  'juni jun',
  'juli',
  'augusti aug',
  'september sep sept',
  'oktober okt',
  'november nov',
  'december dec',
];

function weekdayForms(forms: string): string {
  const [full] = forms.split(' ');
  return `${forms} ${full}en ${full}s ${full}ens`;
}

export const TIME_WORDS: readonly Entry[] = [
  ...numberWords(),
  words('Number', 0.5, 'halv halvt'),
  words('Number', 1.5, 'halvannan halvtannat'),
  words('Number', 100, 'hundra'),

  words('Unit', 'D', 'd dgr dag dagar dagars dagarna dagen dygn dygns dygnet'),
  words('Unit', 'WD', 'arbetsdag arbetsdagar arbetsdagars vardag vardagar vardagars'),
  words('Unit', 'W', 'v vecka veckor veckors veckan veckorna veckas vk vkr veck vecks v:or v:a'),
  words('Unit', 'M', 'mån månad månader månaders månaden månads månaderna mnd mån:er'),
  words('Unit', 'Y', 'år års året åren'),
  words('Unit', 'H', 'h tim timme timmar timmars timma'),
  words('Unit', 'MIN', 'min minut minuter minuters'),
  words('LongUnit', { count: 6, unit: 'M' }, 'halvår halvårs halvåret'),
  words('LongUnit', { count: 3, unit: 'M' }, 'kvartal kvartals kvartalet'),

  ...WEEKDAYS.map((forms, index) => words('Weekday', (index + 1) as Weekday, weekdayForms(forms))),
  ...WEEKDAYS.map((forms, index) =>
    words('Weekdays', (index + 1) as Weekday, `${forms.split(' ')[0]}ar ${forms.split(' ')[0]}arna`),
  ),
  ...MONTHS.map((forms, index) => words('Month', index + 1, `${forms} ${forms.split(' ')[0]}s`)),
  words('Season', 'var', 'vår våren vårens'),
  words('Season', 'sommar', 'sommar sommaren sommarens'),
  words('Season', 'host', 'höst hösten höstens'),
  words('Season', 'vinter', 'vinter vintern vinterns'),

  words('Feast', 'jul', 'jul julen jularna julhelgen julhelg julafton julledigheten'),
  words('Feast', 'jul_och_nyar', 'jul_och_nyår helgerna jul-_och_nyårshelgerna'),
  words('Feast', 'nyar', 'nyår nyåret nyårshelgen årsskiftet'),
  words('Feast', 'trettonhelg', 'trettonhelgen trettondagen trettondedag_jul trettonhelg'),
  words('Feast', 'pask', 'påsk påsken påskhelgen påskhelg'),
  words('Feast', 'valborg', 'valborg valborgsmässoafton'),
  words('Feast', 'forsta_maj', 'första_maj 1:a_maj'),
  words('Feast', 'kristi_himmelsfard', 'kristi_himmelsfärd kristi_himmelsfärdsdag kristi_himmelsfärdshelgen'),
  words('Feast', 'pingst', 'pingst pingsten pingsthelgen'),
  words('Feast', 'nationaldag', 'nationaldagen'),
  words('Feast', 'midsommar', 'midsommar midsommaren midsommarhelgen midsommarafton'),
  words('Feast', 'alla_helgons', 'allhelgona allhelgonahelgen alla_helgons_dag alla_helgona'),
  words('Feast', 'forsta_advent', 'första_advent advent'),
  words('Feast', 'lucia', 'lucia'),
  words('Feast', 'sportlov', 'sportlov sportlovet'),
  words('Feast', 'pasklov', 'påsklov påsklovet'),
  words('Feast', 'sommarlov', 'sommarlov sommarlovet skolavslutningen'),
  words('Feast', 'hostlov', 'höstlov höstlovet'),
  words('Feast', 'jullov', 'jullov jullovet'),
  words('Feast', 'semester', 'semester semestern semestrarna sommarsemestern'),
  words('Feast', 'industrisemester', 'industrisemester industrisemestern'),

  words('RelativeDay', 0, 'idag i_dag direkt_idag redan_idag'),
  words('LaterToday', '', 'i_eftermiddag ikväll i_kväll'),
  words('RelativeDay', 1, 'imorgon i_morgon imorron imorn i_morron i_morgon_bitti imorgon_bitti i_morgon_förmiddag'),
  words('RelativeDay', 2, 'övermorgon i_övermorgon iövermorgon'),

  words('Daypart', 'formiddag', 'fm förmiddag förmiddagen förmiddagar förmiddagarna förmiddagstid'),
  words('Daypart', 'eftermiddag', 'em eftermiddag eftermiddagen eftermiddagar eftermiddagarna eftermiddagstid'),
  words('Daypart', 'morgon', 'morgonen morgnar morgontid'),
  words('Daypart', 'lunch', 'lunch lunchtid'),
  words('Part', 'borjan', 'början tidigt inledningen'),
  words('Part', 'mitten', 'mitten'),
  words('Part', 'slutet', 'slutet sent'),

  words('Vague', 'några', 'några ett_par ett_par_tre några_få nån någon flera enstaka några_stycken ett_antal par'),
  words('Every', 1, 'varje var vart'),
  words('Every', 2, 'varannan vartannat varann var_annan vart_annat'),
  words('Adverb', { count: 1, unit: 'Y' }, 'årligen årlig årligt årliga årsvis'),
  words('Adverb', { count: 6, unit: 'M' }, 'halvårsvis halvårsvisa'),
  words('Adverb', { count: 3, unit: 'M' }, 'kvartalsvis kvartalsvisa'),
  words('Adverb', { count: 1, unit: 'M' }, 'månatligen månadsvis månadsvisa månatlig månatliga'),
  words('Adverb', { count: 1, unit: 'W' }, 'veckovis veckovisa veckoligen'),
  words('Adverb', { count: 1, unit: 'D' }, 'dagligen daglig dagliga dagl'),
  words(
    'Soon',
    'snarast',
    'snarast snar snara snarast_möjligt så_snart_som_möjligt så_snart_det_går så_fort_som_möjligt skyndsamt omgående akut halvakut asap med_förtur förtur brådskande urgent prioriterat fort omg',
  ),
  words(
    'LaterOn',
    'längre fram',
    'framöver så_småningom inom_kort längre_fram inom_en_snar_framtid på_sikt inom_rimlig_tid i_lagom_tid lite_längre_fram om_ett_tag om_en_tid efter_ett_tag ett_tag snart senare lite_senare vid_tillfälle nån_gång någon_gång inom_överskådlig_tid i_sinom_tid när_det_passar vid_något_tillfälle vid_något_tillfälle_framöver framdeles vid_lämplig_tidpunkt lagom_tid lagom_intervall med_jämna_mellanrum regelbundet då_och_då ibland',
  ),
  words(
    'AsPlanned',
    'enligt plan',
    'enligt_plan enl_plan som_planerat enligt_tidigare_plan enl_tidigare_plan enligt_planering enl_planering enligt_rutin enl_rutin enligt_ordinarie_plan enligt_tidigare_planering enligt_tidigare som_tidigare_planerat enligt_vårdplan enl_vårdplan enligt_vårdprogram enl_vårdprogram enligt_vårdprogrammet enligt_uppgjord_plan enligt_schema enl_schema som_vanligt enligt_tidigare_schema enligt_överenskommelse enl_överenskommelse enl_ök enligt_programmet enligt_program enl_program enligt_kallelse enl_kallelse enligt_screeningprogram enligt_basprogram enl_basprogram i_sedvanlig_ordning enligt_sedvanlig_rutin',
  ),
];
