import { nounForms } from './inflection.ts';

/** Nouns of notes that ask for nothing by themselves; their other forms follow by rule. */
const NOUNS = `
hosta heshet halsont snuva feber frossa utslag klåda eksem rodnad svullnad blåmärke knöl bula förändring leverfläck
vårta böld sår sårkant sårvätska ärr klåda blödning menstruation flytning sveda trängning inkontinens förstoppning
diarré kräkning illamående magont bröstsmärta andfåddhet hjärtklappning yrsel svimning huvudvärk migrän domning
stickning kramp darrning skakning svaghet trötthet sömnsvårighet sömn oro nedstämdhet stress utmattning minnesproblem
viktnedgång viktuppgång aptit törst balans fall skada stukning smärta värk stelhet rörlighet kraft styrka känsel
reflex gång hållning hälta besvär symtom symptom problem biverkan biverkning effekt förbättring försämring
läkning infektion inflammation lunginflammation bihåleinflammation öroninflammation urinvägsinfektion halsfluss
förkylning influensa borrelia bältros herpes svamp rosacea psoriasis akne artros artrit gikt reumatism osteoporos
fraktur stroke infarkt hjärtsvikt förmaksflimmer flimmer kärlkramp blodpropp trombos emboli åderbråck bråck
ljumskbråck gallsten njursten prostatit cysta polyp tumör cancer metastas recidiv anemi järnbrist hypotyreos
struma diabetes hyperlipidemi högt blodtryck hypotoni astma allergi pollenallergi sömnapné epilepsi demens
parkinson neuropati retinopati glaukom katarakt starr gråstarr tinnitus hörselnedsättning dövhet depression
ångest panik psykos bipolär adhd autism trauma kris sorg missbruk alkohol rökning snus tobak övervikt fetma
kost motion träning promenad hemträning egenträning övning stretching avlastning ortos skena bandage gips krycka
rollator rullstol inlägg sko strumpa hjälpmedel hörapparat glasögon inhalator inhalationsteknik inhalation spacer
tablett kapsel dos dosering mängd styrka recept läkemedel läkemedelslista medicinlista kur behandling insättning
utsättning nedtrappning upptrappning upptitrering titrering biverkning värde gräns nivå mål kurva svar prov rapport
intyg läkarintyg sjukintyg friskintyg blankett ansökan utlåtande remissfråga frågeställning diagnos bedömning plan
målsättning information råd egenvård broschyr länk formulär enkät dagbok smärtdagbok sömndagbok blodtrycksdagbok
mätare blodtrycksmätare mätning registrering teknik ordination förskrivning samtycke önskemål fråga diskussion
orsak anledning bakgrund ärende kontaktorsak anamnes status bedömning åtgärd planering sammanfattning
lever njure hjärta lunga blodkärl hud slemhinna nagel hår öga öra näsa mun tand tunga hals nacke axel skuldra arm
armbåge hand finger tumme rygg höft ben knä fot tå häl mage tarm ändtarm urinblåsa prostata livmoder äggstock
slida bröst lymfkörtel sköldkörtel muskel sena led menisk ligament disk nerv hjärna ryggmärg trumhinna hörselgång
tryck puls saturation temperatur vikt längd midjemått andningsfrekvens blodtryck blodsocker kolesterol
barn förälder familj anhörig partner arbete arbetsgivare skola förskola boende hemtjänst vardag fritid
graviditet förlossning amning preventivmedel spiral stav p-piller klimakterium övergångsbesvär
operation ingrepp narkos sårvård stygn agraff drän kateter stomi sond infart venport port
kväll natt morgon måltid frukost middag mellanmål vätska intag koffein mjölk fiber frukt grönsak
`;

/** Verbs and other words that stand as they are listed. */
const OTHERS = `
mår mådde mått känns kändes kommit gått blivit varit hostar kräks sover sovit äter ätit dricker druckit rör går gick
tränar tränat promenerar arbetar jobbar studerar pensionär pensionerad sjukpensionär ensamstående gift sambo
försämras förbättras försämrats förbättrats försvunnit tilltar tilltagit avtar avtagit kvarstår kvarstående besvärar
besvärande lindrar lindrat hjälper hjälpt fungerar fungerat tål tolererar accepterar förstår förstått införstådd
samtycker instämmer önskar vill orkar klarar
instrueras instrueras informeras informeras upplyses uppmanas råds rekommenderar diskuterar förklarar visar tränar
noggrant noggrann regelbundet dagligen stabil stabilt stabila oförändrad oförändrat välinställd välinställt
välbehandlad optimal optimalt tillfredsställande acceptabel acceptabelt bra dålig dåligt sämre bättre fortfarande
fortsatt tidigare nuvarande aktuell aktuellt nedsatt ökad ökat minskad minskat lätt måttlig måttligt kraftig
kraftigt uttalad uttalat lindrig lindrigt lokal lokalt generell generellt diffus diffust ensidig ensidigt dubbelsidig
akut akuta kronisk kroniskt kroniska postoperativ postoperativt preoperativ preoperativt medicinsk medicinskt
psykisk psykiskt fysisk fysiskt kognitiv kognitivt neurologisk neurologiskt klinisk kliniskt social socialt
höger vänster övre nedre inre yttre främre bakre mediala laterala distala proximala bilateralt
ger sig släpper lossnar läker läkt torr torrt fuktig fuktigt irriterad irriterat ömmar öm ömt svullen svullet röd rött
varm varmt kall kallt vätskar vätskande blöder blödande kliar kliande svider svidande stelt stel mjuk mjukt spänd spänt
insätts sätts höjer sänker ökar minskar trappar byter behåller provar prövar testar startar avslutar avbryter
tillsammans gemensamt successivt gradvis långsamt initialt preliminärt förslagsvis eventuellt lämpligen
angående avseende gällande beträffande kring rörande utifrån därtill dessutom därför varför eftersom
hemmet hemifrån hemma därhemma boendet utomlands semester semestern resa resan resor
mamman pappan föräldern föräldrarna flickan pojken barnet ungdomen tonåring
act cat had audit koos womac vas nrs besked patolog patologi histologi cytologi ger sväljning sväljningen tal talet röst rösten syn synen hörsel hörseln
genomgången genomgånget genomgångna insatt insatta utsatt ordinerad ordinerat undersökt bedömd bedömt påmind tillfrågad gipsad sida sidan sidor regi ordning
kommentar komplettering tillägg övrigt vidare
sertralin sertralinet mirtazapin escitalopram venlafaxin duloxetin quetiapin olanzapin lamotrigin metylfenidat concerta
lisdexamfetamin elvanse ritalin melatonin zopiklon propiomazin hydroxizin atarax pregabalin gabapentin amitriptylin
paracetamol ibuprofen diklofenak voltaren etoricoxib kortisonkräm salva kräm ögondroppar nässpray
centralstimulantia statin statiner blodtrycksmedicin blodtrycksmedicinen hjärtmedicin astmamedicin insulinet
laxantia järntabletter antidepressiva antibiotikum smärtlindring
`;

const listed = (words: string): string[] => words.split(/\s+/).filter((word) => word !== '');

/** Words of notes without a meaning here: known, so that beside a plan they are no sign of something misheard. */
export const CLINICAL_WORDS: ReadonlySet<string> = new Set([
  ...listed(NOUNS).flatMap((stem) => nounForms(stem).map(({ form }) => form)),
  ...listed(OTHERS),
]);
