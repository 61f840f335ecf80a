/** Heading and first line for who reads another language than Swedish: what this is, and that an interpreter comes. */
export interface ForeignHeading {
  readonly heading: string;
  readonly line: string;
}

/**
 * By ISO 639-1 code; languages that the letters' typeface can write. Others get English beside the Swedish.
 */
const HEADINGS: Readonly<Record<string, ForeignHeading>> = {
  en: {
    heading: 'Your appointment',
    line: 'This letter is about a health care appointment. An interpreter is booked.',
  },
  fi: { heading: 'Vastaanottoaikasi', line: 'Tämä kirje koskee hoitokäyntiä. Paikalle on varattu tulkki.' },
  de: { heading: 'Ihr Termin', line: 'In diesem Brief geht es um einen Arzttermin. Ein Dolmetscher ist bestellt.' },
  fr: {
    heading: 'Votre rendez-vous',
    line: 'Cette lettre concerne un rendez-vous médical. Un interprète est réservé.',
  },
  es: { heading: 'Su cita', line: 'Esta carta trata de una cita médica. Hay un intérprete reservado.' },
  pl: { heading: 'Termin wizyty', line: 'Ten list dotyczy wizyty lekarskiej. Tłumacz jest zamówiony.' },
  so: {
    heading: 'Ballantaada',
    line: 'Warqaddani waxay ku saabsan tahay ballan caafimaad. Turjumaan waa la ballamiyay.',
  },
  tr: { heading: 'Randevunuz', line: 'Bu mektup bir sağlık randevusu hakkındadır. Tercüman ayarlanmıştır.' },
  bs: { heading: 'Vaš termin', line: 'Ovo pismo se odnosi na zdravstveni termin. Tumač je naručen.' },
  sq: { heading: 'Takimi juaj', line: 'Kjo letër ka të bëjë me një takim mjekësor. Është rezervuar një përkthyes.' },
};

/** The heading of a language, or the English one. `language` is the code of the words given. */
export function foreignHeading(code: string): ForeignHeading & { readonly language: string } {
  const own = HEADINGS[code];
  return own ? { ...own, language: code } : { ...HEADINGS.en!, language: 'en' };
}
