import { type PatientPreference, WEEKDAYS } from '../../contracts/followup.ts';
import type { Taken } from './pattern.ts';
import { type Rule, rule } from './rule.ts';

const WISH = 'önskar|önskas|helst|gärna|önskemål_om|vill_ha|föredrar|passar_bäst|passar|kan|endast|enbart|bara';

const NOON = '12:00';

/** What is said about a visit beside its kind, person and time. */
export const DETAIL_RULES: readonly Rule[] = [
  rule('Pref', 'önskar tid på eftermiddagen', `${WISH}|tid tid|tider|besökstid? på|om|till? Daypart`, (t) => wish(t)),
  rule('Pref', 'önskar tid efter kl 15', `${WISH}|tid tid|tider|besökstid? före|innan|efter Clock`, (t) => {
    const isLate = t.of('Clock') >= NOON;
    if (t.has('efter')) return isLate ? { daypart: 'eftermiddag' } : undefined;
    return isLate ? undefined : { daypart: 'formiddag' };
  }),
  rule('Function', 'ej tider före kl 10', 'Neg tid|tider före|innan|efter Clock', () => 'hours'),
  rule('Pref', 'på eftermiddagen', 'på|om Daypart', (t) => wish(t)),
  rule('Pref', 'fm', 'Daypart', (t) => wish(t)),
  rule('Pref', 'ej fredagar', 'Neg|slippa|undvik|undviker|undvika|förutom|utom|bortrest på|om? Weekdays~', (t) =>
    unwanted(t),
  ),
  rule('Pref', 'kan inte fredagar', 'kan|går|passar|vill Neg|aldrig komma? på|om? Weekdays~', (t) => unwanted(t)),
  rule('Pref', 'jobbar måndagar', 'jobbar|arbetar|upptagen på? Weekdays~', (t) => unwanted(t)),
  rule('Pref', 'helst tisdagar', `${WISH}|tid tid|tider? på|om? Weekdays~`, (t) => ({ weekdays: daysOf(t) })),
  rule('Pref', 'kan ej 12-16 maj', 'kan|går|passar|bortrest|resa Neg? komma? på|den|under|i|mellan? Period', (t) => {
    const days = t.of('Period').window('vid');
    const first = days?.target ?? days?.earliest;
    const last = days?.target ?? days?.latest;
    return first && last && (t.maybe('Neg') || t.has('bortrest') || t.has('resa'))
      ? { not_dates: [[first, last]] }
      : undefined;
  }),
  rule(
    'Delivery',
    'skicka kallelse per post',
    'samtycke_till|skicka|skickas|samt_skicka? Action per|via|med|som|genom? digitalt|post|brev|1177|sms',
    (t) => {
      if (t.of('Action').kind !== 'call') return undefined;
      return t.has('digitalt') ? 'digital' : t.has('1177') ? '1177' : t.has('sms') ? 'sms' : 'post';
    },
  ),
  rule('Need', 'arabisk tolk', 'Language tolk|teckenspråkstolk|telefontolk', (t) => `tolk:${t.of('Language')}`),
  rule(
    'Need',
    'tolk på arabiska',
    'tolk|telefontolk|tolkbehov|tolk: på|i|:|,|(? Language )?',
    (t) => `tolk:${t.of('Language')}`,
  ),
  rule('Need', 'arabisktalande, tolk', 'Language talande|, tolk', (t) => `tolk:${t.of('Language')}`),
  rule('Need', 'tolk', 'med? tolk|telefontolk|tolkbehov', () => 'tolk'),
  rule('Need', 'behöver sjukresa', 'behov_av|behöver|med|beställ|beställs? Need', (t) => t.of('Need')),
  rule(
    'Need',
    'vårdnadshavare ska medfölja',
    'Guardian|Relative ska|skall|bör|måste? medfölja|följa_med|vara_med|närvara|medföljer|följer_med|deltar|delta',
    () => 'vardnadshavare',
  ),
  rule('Need', 'med vårdnadshavare', 'med|tillsammans_med Guardian', () => 'vardnadshavare'),
  rule(
    'Protected',
    'kallelse får inte skickas hem',
    'Action får|ska|skall|bör Neg skickas|sändas|gå|komma hem|per_post|hit?',
    (t) => (t.of('Action').kind === 'call' ? 'letter' : undefined),
  ),
  rule(
    'PatientActs',
    'pat ringer',
    'Participant|Guardian|hon|han|hen ringer|kontaktar|söker mottagningen|hit|oss|för|vb|Worsening?',
    () => 'calls',
  ),
  rule(
    'PatientActs',
    'får föräldrarna ringa',
    'Modal|PlanVerb Participant|Guardian|hon|han|hen|de ringa|kontakta|söka|höra_av_sig|återkomma|boka hit|oss|mottagningen|vb?',
    () => 'may call',
  ),
  rule('PatientActs', 'hör gärna av er', 'hör|höra gärna|då|genast|direkt|i_så_fall? av sig|dig|er', () => 'calls'),
  rule(
    'PatientActs',
    'ombeds att själv ringa',
    'ombeds|uppmanas|uppmuntras|råds|tillråds|instrueras|informeras_om|välkommen|ombedd|uppmanad att? själv? i_första_hand? ringa|kontakta|söka|höra_av_sig|återkomma|boka|komma_åter|höra|uppsöka|vända_sig|ta_kontakt',
    () => 'asked to',
  ),
  rule(
    'PatientActs',
    'ska själv ringa',
    'Modal|PlanVerb|Participant|hon|han|hen själv|själva ringa|ringer|kontakta|kontaktar|söka|söker|återkomma|återkommer|boka|bokar|beställer|beställa|tar',
    () => 'by oneself',
  ),
  rule('PatientActs', 'hör själv av sig', 'hör|höra själv|själva av sig', () => 'calls'),
  rule(
    'PatientActs',
    'söker sin husläkare vid behov',
    'söker|kontaktar sin|sitt|egen Role|Unknown Worsening',
    () => 'seeks',
  ),
  rule(
    'Earlier',
    'eller tidigare vid behov',
    'eller|annars|dock|gärna|helst|hellre|kanske|alternativt|möjligen|ev tidigare|förr Worsening?',
    () => 'earlier',
  ),
  rule('Earlier', 'tidigare vid behov', 'tidigare|förr Worsening', () => 'earlier'),
  rule('Earlier', 'vid behov tidigare', 'Worsening tidigare|förr', () => 'earlier'),
  rule(
    'Function',
    'utebliven effekt',
    'utebliven|uteblivet|uteblivna Unknown|Answer|Result|effekt|bättring|förbättring|läkning|respons|verkan av|på? Drug|Unknown?',
    () => 'no effect',
  ),
  rule('Declines', 'vill inte', 'vill inte|ej', () => 'will not'),
  rule(
    'Unsure',
    'oklart hos vem',
    'oklart|oklar|osäkert|okänt|vet_inte|vet_ej hos|till|av|med? vem|vilken',
    () => 'role_missing',
  ),
  rule('Unsure', 'oklart var', 'oklart|oklar|osäkert|okänt|vet_inte|vet_ej på? var|vart', () => 'unit_missing'),
  rule('Unsure', 'oklart när', 'oklart|oklar|osäkert|okänt|vet_inte|vet_ej när|hur_snart', () => 'vague_time'),
  rule('Unsure', 'oklart om', 'oklart|osäkert om', () => 'unread_text'),
  rule(
    'Hearsay',
    'enligt epikrisen',
    'enligt|enl epikris|epikrisen|remiss|remissen|journalen|slutanteckning|slutanteckningen|utskrivningsmeddelande|Answer|Participant|Relative|Guardian :?',
    () => 'hearsay',
  ),
  rule(
    'Hearsay',
    'enligt ortopedens anteckning',
    'enligt|enl Person|Place|Name|Participant|Unknown? Name? anteckning|anteckningen|anteckningar|bedömning|besked|brev|rekommendation|rekommendationer|utlåtande :?',
    () => 'hearsay',
  ),
  rule(
    'Hearsay',
    'i epikrisen står',
    'i|av|från epikris|epikrisen|remissen|journalen|brevet|anteckningen|slutanteckningen|Answer står|föreslås|anges|rekommenderas|framgår|nämns|planeras :?',
    () => 'hearsay',
  ),
  rule(
    'Hearsay',
    'tidigare plan',
    'tidigare|föregående|förra|gammal|ursprunglig plan|planen|planering|planeringen|beslut|ordination|överenskommelse :?',
    () => 'refers_to_existing_plan',
  ),
  rule(
    'Hearsay',
    'plan vid förra besöket',
    'plan|planen|planering|planeringen vid|från|vid_senaste|sedan_förra förra|föregående|senaste|tidigare? Action|kontakten|vårdtillfället|tillfället :?',
    () => 'refers_to_existing_plan',
  ),
  rule(
    'PatientActs',
    'patienten beställer själv tid',
    'Participant|Guardian|Relative|hon|han|hen beställer|ordnar|bokar själv|själva tid|tiden|ny_tid|besöket?',
    () => 'books',
  ),
  rule(
    'PatientActs',
    'bokas av patienten',
    'bokas_av|ombesörjs_av|sköts_av|beställs_av Participant|Relative|Guardian|henne|honom|hen',
    () => 'books',
  ),
  rule(
    'Relative',
    'hennes man',
    'hans|hennes|patientens|pats|pat man|kvinna|partner|barn|bebis|kompis|vän',
    () => 'relative',
  ),
  rule('Past', 'för två veckor sedan', 'för|sedan Duration sedan|sen?', (t) =>
    t.has('för') && !t.has('sedan') && !t.has('sen') ? undefined : 'ago',
  ),
  rule('Past', 'remiss från VC', 'Action från Place|Role|Name|Unknown', (t) =>
    t.of('Action').type === 'remiss' ? 'received' : undefined,
  ),
  rule('Past', 'två veckor sedan', 'Duration sedan|sen', () => 'ago'),
  rule('Past', 'sedan 2019', 'sedan Number|Period', () => 'since'),
  rule('Minutes', '45 minuter', 'Duration', (t) => {
    const { count, unit } = t.of('Duration').max;
    return unit === 'MIN' ? count : unit === 'H' && count <= 4 ? count * 60 : undefined;
  }),
  rule('Child', 'barn 7 år', 'ChildWord ,? Duration', () => 'child'),
  rule('Child', '7-årig flicka', 'Duration gammal|gammalt ChildWord', () => 'age'),
];

function wish(t: Taken): PatientPreference {
  const daypart = t.of('Daypart');
  return { daypart: daypart === 'formiddag' || daypart === 'morgon' ? 'formiddag' : 'eftermiddag' };
}

function unwanted(t: Taken): PatientPreference {
  return { not_weekdays: daysOf(t) };
}

function daysOf(t: Taken): (typeof WEEKDAYS)[number][] {
  return t.all('Weekdays').map((day) => WEEKDAYS[day - 1]!);
}

/** Denials that go with what they deny. */
export const NEGATION_RULES: readonly Rule[] = [
  rule(
    'NegatedAction',
    'inget ytterligare återbesök',
    'Neg heller? behov_av|behov|bokat|planer_på|planer_för|anledning_till|indikation_för|indikation|skäl_till|skäl_för|plan_för|plan_på|vidare|behov_för? av? Filler|Role* Action',
    (t) => t.of('Action'),
  ),
  rule(
    'NegatedAction',
    'återbesök behövs inte',
    'Filler? Action Filler|Person|Need|Participant|Function|Time|Reason* NotNeeded',
    (t) => t.of('Action'),
  ),
  rule('NegatedAction', 'ingen fortsatt kontakt', 'Neg Filler kontakt|insats|insatser|åtgärder', () => ({
    type: 'aterbesok',
    strength: 'weak',
  })),
  rule('NegatedAction', 'behöver inget återbesök', 'NotNeeded Filler|Participant* Action', (t) => t.of('Action')),
  rule(
    'NegatedAction',
    'behöver inte komma på återbesök',
    'NotNeeded komma|gå|göra|ha|få|boka|bokas|kallas på|till|för? Filler|Role* Action',
    (t) => t.of('Action'),
  ),
  rule(
    'PatientActs',
    'åter om besvären tilltar',
    'åter|återkommer|återkomma|återkom|ring om|ifall Unknown|Function|Site|Safety|Analyses|Neg|SickLeave|Drug',
    () => 'comes back if',
  ),
  rule(
    'Done',
    'reumatologen kallar',
    'Person kallar|kontaktar|följer|sköter|ansvarar|handlägger|utreder|planerar|återkommer',
    (t) => (t.of('Person').unit === undefined ? undefined : 'elsewhere'),
  ),
  rule('Done', 'kliniken kallar till kontroll', 'Person Action', (t) =>
    t.of('Person').unit !== undefined && /^kallar( |$)/.test(t.node('Action')!.lower) ? 'elsewhere' : undefined,
  ),
  rule('Done', 'kallas av BVC', 'kallas|kallelse|kallelsen|kallad|kallad_till Person', (t) =>
    t.of('Person').unit !== undefined && /^(av|från) /.test(t.node('Person')!.lower) ? 'elsewhere' : undefined,
  ),
  rule(
    'Trigger',
    'svar på biopsi inväntas',
    'Answer|Reason inväntas|avvaktas',
    (t) => (t.node('Answer') ?? t.node('Reason'))!.text,
  ),
  rule('NegatedAction', 'kallas inte på nytt', 'Action Neg på_nytt|igen|åter|mer|vidare|längre|hit', (t) =>
    t.of('Action').kind === 'call' ? { type: 'aterbesok', strength: 'weak' } : undefined,
  ),
  rule('NegatedAction', 'kallas ej för ny koloskopi', 'Action Neg till|för|på Filler* Action', (t) =>
    t.of('Action').kind === 'call' ? t.of('Action', 1) : undefined,
  ),
];
