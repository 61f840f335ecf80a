import type { LetterTexts } from '../contracts/letter.ts';

/** The text blocks that a unit begins with: short sentences, "du", no abbreviations. */
export const DEFAULT_LETTER_TEXTS: LetterTexts = {
  introTimed: 'Här kommer din tid hos {enhet}.',
  introOpen: 'Det är dags att boka en tid hos {enhet}. Du väljer själv en tid som passar dig.',
  beforeTheVisit: '',
  bringWithYou: 'Ta med legitimation och en lista över de läkemedel som du använder.',
  cost: 'Besöket kan kosta en avgift. Har du frikort betalar du ingenting. Uteblir du utan att ha hört av dig kan du få betala ändå.',
  changeOrCancel:
    'Kan du inte komma? Säg till senast dagen innan, så kan någon annan få tiden. Du kan ringa {telefon}{telefontid}.',
  interpreter: 'En tolk är bokad till besöket. Det kostar dig ingenting.',
  guardian: 'Du får brevet som vårdnadshavare för {patient}. Följ gärna med på besöket.',
  closing: 'Välkommen!\n{enhet}',
};
