import { type Entry, noun, words } from './entry.ts';

/** Words that tell what standing a clause has: a plan or its denial, history, somebody else's, a condition. */
export const CUE_WORDS: readonly Entry[] = [
  words('Neg', 'inget', 'inget ingen inga ej inte icke utan varken slipper'),
  words(
    'NotNeeded',
    'behövs inte',
    'behövs_ej behövs_inte behövs_inget behövs_ingen behövs_inga behöver_ej behöver_inte ej_behövligt ej_nödvändigt inte_nödvändigt ej_aktuellt ej_aktuell inte_aktuellt inte_aktuell är_inte_aktuellt är_ej_aktuellt ej_indicerat ej_indicerad inte_indicerat ej_indicerade avböjs avböjer avstår avstår_från tackar_nej_till tackar_nej önskar_ej önskar_inte vill_inte_ha vill_ej_ha behövs_inte_längre behövs_ej_längre är_inte_nödvändigt är_ej_nödvändigt är_inte_nödvändig ska_inte_bokas ska_ej_bokas bokas_ej bokas_inte vill_avvakta inte_behövs ej_behövs onödigt utgår planeras_ej planeras_inte inget_behov_av ingen_anledning_till ser_ingen_anledning_till ej_påkallat krävs_inte krävs_ej krävs_inget finns_inget_behov_av inget_behov saknar_indikation behöver_inte_bokas behöver_ej_bokas',
  ),
  words(
    'Filler',
    '',
    'klockan_spelar_ingen_roll tiden_spelar_ingen_roll spelar_ingen_roll ej_bokat inte_bokat ej_bokad inte_bokad ej_beställt inte_beställt ej_tagna tills_vidare som_gavs_idag som_gavs som_togs_idag dubbel_tid dubbeltid ytterligare fler nytt nya ny planerat planerade planerad extra särskilt särskild speciell annat rutinmässigt rutinmässig fortsatt fortsatta vidare fysiskt fysisk något någon några formellt medicinskt längre en ett den det detta dessa denna kort vanligt vanlig snabb lång långt första andra sista nästa även också fast gärna helst mer sedvanlig sedvanligt sedvanliga ordinarie specifik uppföljande regelbunden regelbundna ny_ här hos_oss på_mottagningen',
  ),
  words(
    'PlanVerb',
    '',
    'bokas boka bokar sätts_upp sätta_upp inbokas bokas_in boka_in tas ta tar tages tagas görs göra göras beställs beställa beställer beställas skickas skicka skickar skriv skrivs skriver planeras planerar planera ordineras önskas erbjuds erbjud erbjuda ges ge får ordna ordnas ordnar kallas följs följer_upp meddelas inleds påbörjas utförs genomförs läggs lägg lägger rekommenderas be_om begär begärs anmäls planering plan åtgärd hänvisas bokning var_god vg tack sker ske lämnas lämna lämnar kontrolleras skall_ha ska_ha bör_ha ska_få kommer_att_få erhåller kommer_få bokas_upp boka_upp bokar_upp bokar_in inplaneras schemaläggs ges_tid får_tid får_ny_tid tilldelas förläggs arrangeras organiseras tillser utfärdas expedieras startas startar påbörjar återupptas remitteras_för föreslås genomgå genomgår tillfrågas skall_tas ska_tas ska_göras bör_göras bör_tas behöver behövs fordras krävs vill_ha ska_till kommer_till',
  ),
  words('Modal', '', 'ska skall bör måste får kan skulle kommer_att vill'),
  words(
    'Done',
    'elsewhere',
    'kallas_därifrån kallar_själva kallar_honom_själva sköter_det sköts_där sköts_av_dem deras_uppföljning deras_regi handläggs_där de_tar_över dom_tar_över de_sköter de_gör de_följer de_ordnar de_lägger_om de_kallar de_ringer de_ringer_upp de_kontaktar de_hör_av_sig de_bokar de_återkommer dom_kallar dom_ringer dom_hör_av_sig sköter_uppföljningen tar_över_uppföljningen följer_patienten_där går_hos gå_hos går_på gå_på därifrån enl_deras enligt_deras nästa_tid_där deras_bedömning deras_utredning deras_kallelse',
  ),
  words(
    'Done',
    'booked',
    'pågår kallelse_kommer väntar_kallelse kvarstår inväntar_kallelse väntar_på_kallelse har_ett_besök bokad bokat bokade inbokad inbokat inbokade beställd beställt beställda kallad kallade remitterad remitterats remitterade bokats beställts redan_bokad har_fått har_redan har_bokat har_beställt har_tid redan_tid har_kontroll har_själv_tid har_redan_tid ombokad avbokad avbokat har_kallats är_bokad sedan_tidigare finns_inbokad finns_bokad finns_bokat ligger_inne har_en_tid kallelse_skickad är_kallad står_på_väntelista är_uppsatt uppsatt fått_tid har_tid_bokad tid_finns står_på_väntelistan på_väntelista på_väntelistan väntelista kallelse_har_gått_ut kallelse_utskickad redan_kallad är_planerad redan_planerad redan_inplanerad redan_remitterad redan_beställd är_beställd är_remitterad är_skickad väntar_på_tid väntar_på_operation väntar_på_svar_från_deras',
  ),
  words(
    'Done',
    '',
    'skickad skickat skickade inskickad inskickat tagen taget tagna gjord gjort gjorda utförd utfört utförda utfärdad utfärdat ordnat ordnad klar klart klara given givet lämnad lämnat avklarad avklarat genomförd genomfört genomförda skickats tagits gjorts inkommet inkommen inkommit fick har_skickat erhållit skriven skrivet skrivna instruerad instruerats vaccinerad vaccinerades nyligen_gjord tog',
  ),
  words(
    'Past',
    '',
    'getts givits gått hört_av_sig ställdes_in ställts_in inställd inställt inställda blev_inte_av blev_ej_av gavs fick_träffa erbjöds lovade undrade opererad opererades slutade avslutade gick menade tidigare föregående senaste förra var åter_i_arbete åter_till_arbete gjordes genomgick genomgått togs tog visade visat visar hade hörde ringde kom sökte sökt varit har_varit blev bokades skickades beställdes fick träffade träffat remitterades kallades undersöktes kontrollerades kontrollerats opererades sågs planerades ordinerades följdes har_haft skedde förelåg hittades konstaterades inlades utskrevs upptäcktes avbröts avslutades vårdades beskrev uppgav nekade senast_i vid_senaste sedan_förra noterades utfördes genomfördes bedömdes vaccinerades avbokade ombokade',
  ),
  words(
    'Missed',
    '',
    'uteblev återbud sent_återbud lämnat_återbud kom_inte_idag uteblivit utebliven uteblivet uteblivna uteblir kom_inte kom_ej kom_aldrig dök_inte_upp dök_ej_upp missade missat ej_kommit inte_kommit uteblev_från missad ej_infunnit_sig infann_sig_ej infann_sig_inte',
  ),
  words(
    'Result',
    '',
    'ua u.a. neg pos utan_anmärkning normal normalt normala negativ negativt positiv positivt patologisk patologiskt visar visade påvisade påvisar oförändrat oförändrad stabila stabilt stabil sinusrytm väsentligen bekräftar talar_för förenligt_med inga_tecken inom_normala ref referens invändningsfri ter_sig fina fint förbättrat förhöjt förhöjda förhöjd sänkt sjunkande stigande lätt_förhöjt uppmätt',
  ),
  words(
    'PatientActs',
    '',
    'ringer_mottagningen ringer_hit hör_av_sig höra_av_sig hör_själv_av_sig ringer_själv återkommer_själv söker_åter söka_åter söker_själv kontaktar_oss kontakta_oss tar_kontakt ta_kontakt kontaktar_mottagningen tar_själv_kontakt åter_vid_behov åter_vb återkommer_vb återkommer_vid_behov återkomma_vid_behov återkomma_vb återkom_vid_behov återkom_vb åb_vb åb_vid_behov återbesök_vid_behov återbesök_vb bokar_själv boka_själv bokar_själv_tid ringer_vid_behov ringer_vb hörs_vid_behov söker_på_nytt hör_av_dig höra_av_dig välkommen_åter välkommen_att_höra_av_sig kontakt_vid_behov kontakt_vb uppmanas_höra_av_sig uppmanas_söka ombeds_höra_av_sig söker_vård söka_vård uppmanas_återkomma kontaktar_vården kontaktar_vårdcentralen hör_av_sig_själv ringer_om ringer_oss ringa_oss kontaktar ringer_in åter_sp åter_vid_försämring åter_vid_besvär åter_vid_nya_besvär söker_igen söka_igen ringer_igen tar_ny_kontakt ta_ny_kontakt förnyad_kontakt ny_kontakt återkommer_spontant får_återkomma får_höra_av_sig kan_höra_av_sig kan_återkomma välkommen_tillbaka välkommen_att_återkomma söker_akut söka_akut söker_akutmottagningen uppsöker_vård uppsöka_vård åter_akut ring_112 ringer_112 ringa_112 ring_1177 ringer_1177 kontaktar_1177 kontakta_1177 egenkontakt egen_kontakt egenvård bokar_via_1177 bokar_via_nätet bokar_på_nätet bokar_online bokar_tid_själv tar_själv tar_egen_kontakt',
  ),
  words(
    'Relative',
    '',
    'lillasyster lillebror storasyster storebror tvillingsyster tvillingbror lillasystern lillebrodern mamma pappa mor far dotter son hustru maka make man_till fru sambo syskon bror syster_till mormor morfar farmor farfar sons dotters makes hustrus barnbarn syster grannen granne mamman pappan dottern sonen hustrun maken frun sambon brodern modern fadern barnets_mamma kusin svärmor svärfar svärmodern mammas pappas systern',
  ),
  words(
    'Worsening',
    '',
    'vid_försämring vid_behov vb vid_besvär vid_fortsatta_besvär vid_utebliven_förbättring vid_kvarstående_besvär vid_förnyade_besvär vid_ökade_besvär vid_recidiv vid_nya_symtom vid_feber vid_problem vid_frågor vid_smärta vid_kvarstående_symtom vid_oklarhet vid_oklarheter vid_symtom vid_tillväxt vid_förändring vid_blödning vid_infektionstecken',
  ),
  words(
    'Decision',
    '',
    'ställningstagande ta_ställning tar_ställning ställning_tas eventuellt eventuell ev evt överväg överväga övervägs överväger övervägas diskuteras diskutera diskuterar avgörs avgöra bedöms_då rond ronden ronddiskussion rondas mdk multidisciplinär_konferens får_avgöra bedöm_om bedömer_om får_bedöma värderas avvägs avvakta avvaktar avvaktas kanske tas_ställning_till ställningstagande_till beslut_om beslutas beslut_tas konsulteras efter_beslut konferens övervägande diskussion_om möjligen möjligtvis tveksamt beror_på beroende_på får_ta_ställning_till funderar_på',
  ),
  words(
    'Correction',
    '',
    'nej nej_vi_säger nej_förlåt nej_jag_menar nej_det_ska_vara nej_hellre jag_menar menar_jag rättelse rättar nej_vänta nej_inte förlåt nej ursäkta eller_förresten förresten eller_rättare_sagt rättare_sagt fel snarare korrigering ändrar_till ändra_till jag_menade menade_jag ändring ändringar ändras_till ändrat_till korrigerat justering rättat',
  ),
  words('Function', '', 'ändring_av ändring_i ändring_på ändringar_i ändringar_av ingen_ändring inga_ändringar'),
  words(
    'Declines',
    '',
    'vill_fundera vill_tänka vill_tänka_på_saken vill_tänka_över_saken vill_tänka_igenom ska_fundera ska_tänka_på_saken får_fundera får_tänka funderar tveksam tvekar osäker_på_om har_inte_bestämt_sig inte_bestämt_sig ej_bestämt_sig betänketid önskar_betänketid skeptisk ambivalent motvillig ovillig negativ_till önskar_avstå vill_avstå önskar_vänta vill_vänta',
  ),
  words(
    'Unsure',
    'unread_text',
    'se_nedan se_ovan se_remiss se_separat se_anteckning se_journal enligt_nedan enl_nedan enligt_ovan enl_ovan',
  ),
  words(
    'Hearsay',
    'hearsay',
    'säger säger_sig uppger berättar påstår hävdar tror_att menar_att hänvisar_till säger_att uppger_att berättar_att har_lovat lovat utlovat utlovats har_sagt sagt har_föreslagit har_rekommenderat har_informerat_om',
  ),
  words(
    'Strike',
    '',
    'stryk_det nej_stryk_det stryk nej_stryk ångra ångra_det radera radera_det ta_bort_det nej_ta_bort_det ta_bort_sista stryk_sista stryk_senaste stryk_sista_meningen',
  ),
  words(
    'Contrast',
    '',
    'men_jag_tycker jag_tycker jag_vill_ha men_vi_säger men_jag_säger ses_vi_hellre vi_ses_hellre vi_säger jag_säger hellre men_hellre men_jag_anser jag_anser men_jag_vill jag_vill men_jag_föreslår jag_föreslår men_jag_bedömer jag_bedömer men_jag_rekommenderar jag_rekommenderar fast_jag_tycker medan_jag_tycker',
  ),
  words(
    'Opinion',
    '',
    'ville tyckte föreslog önskade rekommenderade ansåg tycker vill_att önskar_att föreslår skrev hade_tänkt tänkte sa sade',
  ),
  words('ChildWord', '', 'barn barnet flicka pojke spädbarn'),
  noun('Guardian', 'vardnadshavare', 'vårdnadshavare målsman förälder föräldrar'),
  words('Guardian', 'vardnadshavare', 'vh'),
  words('Asks', '', 'undrar frågar undrade frågade'),
  words(
    'Protected',
    '',
    'skyddad_identitet skyddade_personuppgifter skyddad_folkbokföring sekretessmarkering sekretessmarkerad skyddad_adress sekretessmarkerade skyddad_id kvarskrivning skyddat_boende',
  ),
  words(
    'Safety',
    '',
    'pacemaker kontrastreaktion gfr icd klaustrofobi klaustrofob kontrastallergi kontrastmedelsallergi allergi allergisk överkänslig överkänslighet metallimplantat implantat metall cochleaimplantat clips aneurysmclips njursvikt nedsatt_njurfunktion metformin blodförtunnande blodsmitta mrsa esbl vre latexallergi jodallergi insulinpump neurostimulator shunt metallsplitter egfr dialys äggallergi immunsupprimerad anafylaxi blodförtunnad waranbehandlad antikoagulantia ammar blödningsbenägen blödningsrubbning',
  ),
  words('Safety', 'pregnancy', 'gravid graviditet'),
  words('Event', 'avslutad behandling', 'kur kuren'),
  words(
    'SickLeave',
    '',
    'sjukskrivningen sjukskriven sjukskrivs sjukskriv sjukskrivas sjukskriver sjukskrevs sjukskrivning sjukintyg',
  ),
  words(
    'Then',
    '',
    'därefter sedan sen därpå följt_av därnäst åtföljt_av efter_det efter_detta sedermera därpåföljande därefter_även',
  ),
  words('And', '', 'och o samt + & plus och_även samt_även liksom jämte och_också dessutom'),
  words('Or', '', 'eller alternativt alt el alt.'),
  words('But', '', 'utan men däremot istället i_stället'),
  words('Break', '', ', : ; – — men . / ( )'),
  words('Question', '', '?'),
  words(
    'Function',
    '',
    'som_har_tid på_grund_av med_anledning_av med_frågeställning p_g_a under_förutsättning_att i_händelse_av förutsatt_att med_förbehåll_för med_förbehåll_att med_förbehåll_för_att med_reservation_för så_länge i_fall i_väntan_på i_avvaktan_på så_snart så_fort så_snart_som först_när väntar_på efter_att tidigare_om tidigare_vid förr_om tidigare_ifall efter_genomförd efter_genomfört efter_utförd efter_gjord',
  ),
  words(
    'Hedge',
    '',
    'annan annans annars dock möjligen troligen eventuellt förutom utom hellre tidigare förr helst_tidigare undantagsvis',
  ),
  words(
    'Agreed',
    '',
    'överenskommet överenskommet_med_patienten överens_med_patienten patienten_samtycker patienten_är_införstådd i_samråd_med_patienten överenskommet_med_patient enligt_överenskommelse_med_patienten enl_överenskommelse_med_pat överenskommen_med_patienten patienten_införstådd pat_införstådd patienten_är_med_på_det avtalat_med_patienten',
  ),
  words(
    'Priority',
    'svf',
    'enligt_standardiserat_vårdförlopp enl_standardiserat_vårdförlopp standardiserat_vårdförlopp svf enligt_svf enl_svf ssv enligt_ssv',
  ),
  words('Answer', 'remiss', 'remissvar remissvaret'),
  words(
    'Answer',
    '',
    'svar svaret svaren resultat resultatet resultaten provsvar provsvaren provsvaret utlåtande utlåtandet',
  ),
];

export const MEDICATION_WORDS: readonly Entry[] = [
  noun(
    'Drug',
    '',
    'waran eliquis xarelto pradaxa lixiana metformin trombyl insulin alvedon ipren naproxen heparin fragmin innohep klexane metoprolol enalapril losartan amlodipin furosemid furix bisoprolol simvastatin atorvastatin levaxin levotyroxin omeprazol prednisolon kortison antibiotika sertralin citalopram mirtazapin lergigan penicillin kåvepenin flukloxacillin heracillin doxyferm ciprofloxacin morfin oxycontin tramadol symbicort ventoline ozempic jardiance plavix clopidogrel brilique nsaid betablockerare diuretika candesartan spironolakton digoxin litium methotrexate metotrexat järntabletter duroferon behepan alfuzosin finasterid tamsulosin omeprazol nexium laxoberal cilaxoral picoprep moviprep laxermedel klexane blodförtunnande tabletter medicin medicinen medicineringen apixaban rivaroxaban dabigatran glukofag januvia novorapid lantus antihistamin antihistaminer clarityn aerius fenylefrin entresto empagliflozin dapagliflozin ramipril valsartan hydrokortison flutide singulair airomir bricanyl oxynorm kestine cetirizin loratadin',
  ),
  words(
    'DrugVerb',
    '',
    'inte_tas ej_tas ska_inte_tas får_inte_tas inte_ta ej_ta sätts_ut sätt_ut sätta_ut utsätts sätter_ut pausas pausa pausar uppehåll_med stoppas tas_inte tas_ej ta_inte ta_ej avstå_från avstår_från hoppa_över seponeras seponera sätts_in sätt_in insätts sätta_in höjs höj sänks sänk trappas trappa minskas ökas dosen återinsätts uppehåll görs_uppehåll gör_uppehåll paus utsättning utsättes',
  ),
  words(
    'DoseUnit',
    '',
    'mg g milligram gram mikrogram milliliter µg mcg ml tabl tabletter tablett kapslar ie e x x1 x2 x3 droppar st kapsel mmol mmol/l mmhg kg cm mm % g/l mmol/mol μg gånger_dagligen ggr',
  ),
];
