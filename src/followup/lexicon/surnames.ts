/** Surnames that are common among those who work in Swedish care, in small letters. */
const SURNAMES: ReadonlySet<string> = new Set(
  `
abdi abdullah ahl ahlin ahmad ahmed ahmadi ali alm almén andersson ask asp aziz backman beck berg berger bergh berglin
björk blom bohlin boman bring brodin broman brundin byström carlsson dahl dahlin ek eklöf ekman elm engman eriksson
falk fransson fredriksson frid frisk forss fors garcia gran grahn haddad hagen hagman hall hallin hansson hassan hed
hedin hedman hellman henriksson hjelm holm holmér hosseini huss hussein håkansson ibrahim jansson jensen johansson
jonsson karimi karlsson khan kim kowalski kling kraft lager lang larsson lee lind lindén linder lindh löf lund lundin
lundh malm malmén martinez mattsson moberg mohamed mohammed molin molander morén mård månsson möller nguyen nielsen
nilsson nord nordin norén norman novak nowak nygren nyman olofsson olsson omar osman palm palmér persson petrov petersson
pettersson rask rehn roos ros rosén rydh sahlin salin sand sandin sandén saleh sjö sjödin singh skog skoog sköld
stark stål stahl sten strand ström ståhl sund sundin svärd svensson söder söderlund tran thor thorell uddén vestin
vikman wall wallin wang westin wik wiklund wikman winter wolf åberg åkerman åhl öberg öhman öst östlund östman
`
    .trim()
    .split(/\s+/),
);

/** What most Swedish surnames end in. */
const NAME_ENDINGS =
  /..(sson|sen|berg|ström|lund|gren|qvist|kvist|quist|dahl|stedt|ling|blad|holm|mark|bäck|borg|löf|löv|vall|wall|feldt|felt|lind|krantz|strand|gård|hult|hammar|ander|mann|stam|fors|stad|sjö|vik|wik|én|ius)$/;

/** Whether a word reads as a surname: listed, or made as they are made. A recogniser's slip seldom does. */
export function isLikelySurname(word: string): boolean {
  const lower = word.toLowerCase();
  return SURNAMES.has(lower) || NAME_ENDINGS.test(lower);
}
