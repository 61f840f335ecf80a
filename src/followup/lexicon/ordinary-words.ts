import { CLINICAL_WORDS } from './clinical-words.ts';

/** Everyday words without a meaning here: never taken for misheard words of the lexicon, and no sign of one. */
const WORDS = `
absolut acceptera adam affären affärer afghanistan afrika aftonbladet agera aik akalla aktier aktiv aktiva aktivt
akuta album alkohol all alldeles alliansen allmän allmänna allmänt allra alls alltför alltid allting alltså allvar
allvarligt alternativ alton alva amerikansk amerikanska analys andar andas andel ander anders andersson andorra
andras andreas aning anledningen anmäla annorlunda anses anställda antagligen antalet antar antingen använd använda
användas använde använder användning används använt app arbeta arbetade arbetet arbetsdagen arbetslag arbetstagare
arbetstagaren arbetstagarna arbetsveckan arg argent argument artikel artikeln artiklar augusta augustin augustus
automatiskt avart avgörande avsluta avsnitt avstånd avtal babben bad bak bakgrund bakom ballar banan band bandet
bank bar barken barnen barton baserat bedövning bedövningen befinner befolkningen begreppet behålla behöva behövas
behövd behövde behövt behövts bekant benämning benämningar benämningen ber beredd berg berlin berätta berättade
berättar beskriva beskriver beskrivning beslutet bestämde bestämma bestämmer bestämt består besviken besöka besökare
besökaren besökarnas besökt besökta besökte besöktes betala betalar betalt beteende betyda betydelse betyder
betydligt betyg bevis bevisa bidra bidrag bidrar big bil bilar bild bilden bilder bilderna bilen billigare billigt
bindning bindningar bingen bit bjuda bjuder bjöd björn black blanda blivit blod blodkropparna blodpropp blodproppar
blogg blå bodde bok boken bolag bolaget bollen bommar bor borde bordet borta borås bostad bostäder botten breder
bredvid breeders bref bremen bremer breve brew brewer brewery bringa brinner brist brott bruk brukade brukar bry
bryr bryta bryter brädorna bröd brödtexten budget buss bussen butik bygga bygger byggnaden byggt byn byta byter
bytte bär bära bästa bättre både båt böcker börjat böterna cala calle cancer carl centrala centrum chans chansen
choklad city clipper collar contra coolt cykel dagarnas dager dagligt dagmar dags dalarna dallas dam damer dammarna
dan daniel danmark dans dansk danska data dator datorn datum debatt debatten definitivt degen dejt dejta del dela
delar delen dels deltagare deltid delvis demokrati desto detsamma digitalt dimma dina dit djupt djur dog doktorns
dollar dom domarens doors dra drabbas drag dragen drar drevet dricka dricker driva driver drog droger dröm dubbelt
duglig dugliga duktig dum dumma dumt dvs dygnen dygnets dyker dyrt dyster däremot därför därmed dålig dåliga död
döda döden döma dör dörren dött effekt effektivt effort eftersom egen egentligen eget egna ekonomi ekonomisk
ekonomiska ekonomiskt elever eleverna emma emot ena enda endre energi england enkel enkelt enkla enklare enorm
enorma enormt ens ensam enskilda ente era erbjuder eric erik erkänna ert etc europa europeiska eva exakt exempel
exempelvis existerar expressen extremt facebook fakta faktiskt faktum fall falla faller fallet familj familjen
familjer fan fanns fantastisk fantastiska fantastiskt fara faran farligt farsta fart fatta fattar favorit fenton
fest fett fetter film filmen filmer fin final finalen finger finland finna finnas finner fint fira fisk fixa fixar
flertal flesta flickor flickvän flipper flotta fly flyg flyga flyktingar flyta flyter flytt flyttad flyttade flyttat
flyttats fläckarna fokus fokusera folk folket for ford fore form forskare forskning forsta forsätta forte fortsatte
fortsätt fortsätta forum fotboll foto fotograferna framför framförallt framgång framtida framtiden framåt frankrike
franska freda fredad fredde freddy fredrik freud fri fria frid fried frihet frisk frukost fruktansvärt främst
främsta fråga frågan frågorna full fulla fullständigt fullt fundera fungera fungerar funka funkar funnits furste
fylla fyller fängelse färg färre fåren född födda föddes följ följande följd följde föll fönster föra förbi fördel
förekommer föreningen företa företag företagen företaget författare förhoppningsvis förhållande förklara förklarar
förklaring förlora förlorade förlorar förlorat förlust förmodligen förmåga förr förre förrän försatt försatte
försett förslag förslaget förstar förstod förstå förståelse förstår förstås förstått förstör förstöra försvann
försvara försvinna försvinner försätta försök försöka försöker försökt försökte förtjänar förtroende förtär förut
förutsättningar förväntar förvånad förändra förändras galen galet galla gamla gatan gav gemensamt genast generellt
ger gett gift gifta gilla gillade gillar ginger gissa gissar gissning gissningar givetvis gjorde glad glada glas
glass glädje glöm glömde glömma glömmer glömt goda godis golvet google gotland grad grader gratis grattis grej
grejen grejer grekland greven grevens grover grund grunden grundläggande grupp gruppen grupper grymt gränsen gränser
gråta grön gröna gud guds guld gustav gymnasiet gällande gäng gävle gården gått göran göteborg göteborgs haha hallar
hallå halter halterna halva halvar halvor halvö hamna hamnade hamnar handla handlade handlar handling handlingar
handskena hann hantera hat hatar havet hehe hej hel heller helsingborg helt heltid helv helvete hem hemsida hemskt
henrik herr herrar herregud hest heta heter hette himla hindra hinner historia historien hit hitta hittade hittar
hittat hittills hjälp hjälpa hjälper hjälpte hmm hockey holder holger hopp hoppar hoppas hot hotell house http humor
hund hundar hunden hundras hungrig hus huset hyra hälften hälsa hämta hända hände händelser hänga hänger hänsyn hänt
härlig härligt häst hästar hästen hästens hävdar hål håll hålla håller hållet hår hård hårda hårdare håret hårt
hårvård hög höga högre högsta högt höja höjd höll hört iaf iallafall ica idiot idioter ifall ifred ifrån igen igenom
igång igår ihjäl ihåg ikke ikväll illa imponerande individer infektionen infektioner inflytande info informationen
ingens ingenting ingo ingå ingår initiativ inka inkallad inklusive inlägg inlägget innebär innehåller inre inse
inser inslag inspektionen inspektioner insåg inta intern internationella internationellt internet intervju
intressant intressanta intresse intresserad intresserade invandrare invasionen invasioner invånare irak iran islam
israel italien iväg jagarna jaha japan japp jesus jobb jobba jobbade jobbat jobbet jobbigt johan johansson jonas
joni jorden journalist journalister jules julia julias julie julio julius julle july june just jäkla jämför jämföra
jämförelse jämfört jämt jätte jättebra jävla jävlar jävligt jönköping kablar kaffe kala kalas kallare kallast kallat
kallax kalle kallelsen kalles kallna kallt kallur kalmar kalvar kameran kanal karl karla karlar karlsson karriär
kasta kastar katt killar killarna kille killen kilometer kina klaga klagar klarade klarar klass klassen klassiska
klimat klipp klipper klubben klä kläder knalla knallar knappast knulla koll kolla kollade kollar kollas kollat
kollegor kommentar kommentarer kommuner kommunerna kompetens kompis kompisar konst konstig konstigt konto kontor
kontra kontrakt kontrollant kontrollera kontrollerad kontrollerade kontrollerande kontrollerar kontrollerat
kontrovers koppla korrekt korta kortare kosta kostar kostnader kraft kraftigt kram krav krig kriget kriminella
kristna kritik kronor kropp kroppen kräver kuk kul kullar kultur kund kunde kunder kung kungen kunna kunnat kunskap
kvalitet kvar kvarken kvartalen kvarteret kvinna kvinnan kvinnliga kvinnor kvinnorna kväll kvällen kyrka kyrkan
käften käkarna källa källor kämpa kämpar känd kända kände kändes känna kännas känns känsla känslan känslor känt kär
kära kärlek kärleken kårens köket kön könsroller köp köpa köper köpt köpte kör köra körde körkort kört kött laban
labor labour labs lackar ladda lade lag laga lagar lagarna lagen laget laglig lagliga lagligen lagt lallar land
landet landets landning landningen lappar lapparna lappen lars larsson leda ledare ledarens ledde leder ledig
ledning ledningar ledningarna ledningen ledsen legat leka lekar leker leta letar leva levande levde lider life ligga
ligger lika likadant liknande likt lilla limmar lindring linje linköping lisa lista listan lita liten litet liv live
livet ljud ljuga ljuger ljus lobbar lokala london lord lov lovar love luft luften lugn lugna lugnt luktar luleå lund
lust lycka lyckades lyckas lyckats lycklig lyfta lyssna lyssnar lyster läcker läckor läckra läge läget lägga lägre
läkarnas läker läktare läktaren läktarna lämnade län länder länge längs längst längtar länk länkar länkarna länken
läpparna lär lära lärare läraren lärarens lärares lärarna lärd lärde lärt läs läsa läsare läsaren läsarna läser
läsning läst läste lät lättare läxar låg låga lågt lån låna långa långsamt låt låta låtar låten låter låtsas löfven
löjligt lökar lön lösa löser lösning lösningar lösningen löst magen magnus mail majas makt makten mallar malmö
mannen mansdagen marc marcus maria marie maris mark marken marknaden martin marx marys massa massor mat match
matchen matcher maten material matte mattorna medborgare meddelande medel media medier medlem medlemmar medveten mej
mening mera mest mesta metan meteor meter meters mette middag mil miljarder miljon miljoner miljö miljön mindre
minnas minne minnen minns minska minskar minsta minuten minuts missa missar misstag misstänkt mjölk mobil mobilen
mocka modell moder moderaterna moderna moders modet moll mord mors mosa mossa motor motorn motsvarande mottar mottas
mucka munnen musik musiken muslimer muslimska myndigheter mysigt myterna män mängd mängder männen människa människan
människor människorna människors mänskliga märker märkligt märkt mästare mäter mättar mätte mål målet månadens mödan
möjliga möjlighet möjligheten möjligheter mörka mössa möta mötas mötte möttes najs nallar namn namnet nationella
natt natten natur naturligt naturligtvis ned ner nere nervös nice nilsson nivå nja noga nolla nordiska norge norr
norra norrköping norska not notan noter noterna notes null numera nummer nuvarande nyfiken nyhet nyheter nyss nytta
nämligen närheten närmare närmast näst nästan nätet någonsin någonstans någonting nånting når nåt nått nöjda nöten
nöter nötter nötterna oavsett oberoende oerhört offentlig offentliga offer officiellt ofta oftast olika omedelbart
omfattande omgivningarna område områden området omöjligt one online ord orden ordentligt ordet ordförande ordning
oren organisation organisationer orkar oroa orolig oroliga oroligt orton orätt oscar ost osv osäker otroligt ottan
otter ovan ovanligt oyster oärlig oärliga oärligt paket pallar pallas papper paris park parken parti partier partiet
partner parton pass passa pengar pengarna perfekt perfekta period perioden personal personen personer personlig
personliga personligen personligt perspektiv persson pinsamt pizza planer planet plats platsen platser plocka plugga
plötsligt pojkar pojkvän polen polis polisen poliser politik politiken politiker politisk politiska politiskt
position positiva posten poäng prata pratade pratar pratat precis premiss premissen premisser presentera president
press princip prioritera prioriterad prioriterade prioriterar prioriteras pris priser priset privat privata
problemet procent produkter produktion professor profet proffs projekt promenad proper prova provas provat provins
prövar prövas prövat prövats psykologi psykologin psykopater punkt pågår påminner påstår påverka påverkar rad radio
raggarna raka rakt ranger rapport rapporten rasism recitera red reda redan redo regel regering regeringen region
regissör regler reglerna rejält reklam relation relativt religion religiösa remix remixer remsor ren rena rent resan
reser respekt resten resurser richard rika riksdagen riktig riktiga riktigt riktning rimligt rimmar ringar ringen
ringo rink rinner risk risken riskerar robert rolig roliga roligare roligt roll rom rosa rubriken rum rummet
ryssland räcker rädd rädda rädsla räkna räknar räknas rätt rätta rätten rättigheter råd råder råkade råkar röd röda
röka röker rör röra röst rösta röstar rösten röster rött rötterna sabbar sak saken saker sakerna saknas sakta salt
sama samarbete sambal samhälle samhället samla samman sammanhang samtala samtalat samtliga san sandaler sandra sanna
sanning sanningen sannolikt sant sara satsa satt satte seden seger sektionen sekund sekunder serie serien serier
seriös seriöst service sett show sida sidan sidor siffror silver simmar simon singel singer sist sitta sitter
situation situationen sjuk sjuka sjukdom sjukgymnastik sjukhus sjukt sjunga sjunger själ själva självklart skaffa
skalla skapa skapade skapar skapat skatt skett skiljer skillnad skillnaden skinnet skipper skit skiten skiter
skjuter skog skogen skolor skor skott skratta skrattar skriker skriva skrivit skrämmande skuld skull skydd skydda
skyldig skäl skämt skär skåne skön skönt sköta sköter slag slagit slags slipar slog sluta slutat sluttande släkt
slänga släppa släpper släppte slå slår slåss smak smakar smart små snabba snabbare snabbast snabbt snacka snackar
snygg snygga snyggt snäll snälla snö social sociala socialdemokraterna socker soffan sol soldater solen sommer
somnar somrar sonar sond sorts sov sova sover spamma spanien spara speciellt spel spela spelade spelar spelare
spelas spelat spelet sport sporterna sprang spretar sprida springa springer spriten sprucken språk språket spännande
spår stackars stad staden stamma stan standard stanna stannar stark starka starkare starkt startade staten statens
statistik status stefan steg sten stil stockholm stockholms stod stolt stopp stoppa stor stora storbritannien
storlek stort straff strutar studenter studie studier stund styr styra styrka städa städer ställa ställde ställe
ställen ställer ställt stämmer ständigt stänga stänger stå stått stöd stör större största sugen suger sundsvall
super sur suttit sutton svag svara svarade svarar svart svarta svensk svenska svenskar svenskt svensson sverige
sveriges svt svår svåra svårare svårt sweden syftar syfte syftet syn synd syns syrien system systemet säden säg säga
sägs säker säkerhet säkert säkra sälja säljer sällan sällskap sämre sänd säng sängen sänka säsong säsongen sättet
sådan sådana sådant sådär såg såhär såklart således sån såna sånt såsom såväl söder södra sök sönder söt söta tabbar
tacka tacksam tag taget taggar taggarna taggen tagit taket tal tala talas talat talet tallar tankar tanke tanken
tappa tappar tappat team teknik tekniska telefonen telefoni testa tex text texten this thomas tidens tidernas tiders
tidigaste tidning tidningen tillbaks tillgång tillhör tillräckligt tills tillstånd tillåter timman timmas timmen
timmer timmes tinar tinder ting tingen tinget tiondel tips titeln titta tittade tittar tja tjej tjejen tjejer
tjejerna tjäna tjänar tjänst tjänster tomt ton topp toppen toros torres torso total totala tours tretiden trettiotal
trevlig trevligt trevor trimma trimmar tro trodde troligen tror trots trump tryck trycka träd träff träffad träffar
träffats träna tränare träning tråkigt trött tummar tundra tunga tur turkiet tusen tusentals tvinga tvingas tvungen
tvärtom tvätta twitter tycka tycks tyder tydlig tydligast tydligen tydligt typen typer typiskt tyska tyskland tyst
tysta tyvärr tänk tänka tänker tävling tävlingen tåg tåget törs törst umeå umgås undan undantag underbar underbara
underbart underst undersök undra ung unga ungdomar ungefär ungersk universitet uppdrag uppe uppenbarligen uppenbart
uppfattning uppgift uppgifter uppleva uppmärksamhet upprörd uppsala uppskattar uppstår urringning ursprung ursäkt
usa utanför utav utbildning utför utföra utgör utländska utmärkt utomlands utredning utrymme utsatta utseende
uttryck utveckla utveckling utvecklingen utöver vaccinera vaccinerat vacker vackert vackra vadå vakna vaknade vaknar
val valde valet vallar valt van vandra vanliga vanligtvis vann vansinnet vapen varan varandra varat varav vard
vardagarna vardags vare varenda vargen variationerna varm varmt vars varven vasken vass vatten vattnet veckans
veckla vegan vegas velat vem verk verka verkade verkan verkar verken verket verkligen verklighet verkligheten
verksamhet version vet veta vice vicka videon videor videos vikter viktig viktiga viktigare viktigaste viktigt vila
vilja villa villkor vin vingen vinna vinnare vinner vinst vinster vis visa viss vissa visst visste vit vita vitt
vore vred vunnit vuxen vuxna väckas väder vädret väg vägar vägen väggen vägrar välfärden välja väljer välkomna vän
vända vänder vänner vänstern väntat värd värde värken värld världen världens värre värst värsta värt väska väskan
väskor väskorna väst västerås västra växa växer växjö växte våga vågar vågens våld våldtäkt våran vårdag vårdens
ward warren webbplats wick william winther with world wow yngre youtube zandra zoomar ägare äger ägg äkta äldre
älska älskade älskar älva ämne ämnen ämnet ända ändå äntligen ärlig ärliga ärligt äta äter ätit åka åkalla åker åkt
åkte ålder årets åring årings årsdagen åsikt åsikter åtar återge återges återigen återkommit åtgärder åtminstone öka
ökad ökar ökat öppen öppet öppna öppnar örebro öring östra överallt överleva överlevare översättning övervakare
övriga övrigt
`;

export const ORDINARY_WORDS: ReadonlySet<string> = new Set([
  ...WORDS.split(/\s+/).filter((word) => word !== ''),
  ...CLINICAL_WORDS,
]);
