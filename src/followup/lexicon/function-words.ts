import { type Entry, words } from './entry.ts';

/** Everyday words that say nothing of what is planned: they are no sign that something was left unread. */
export const FUNCTION_WORDS: readonly Entry[] = [
  words(
    'Function',
    '',
    'att är den det de dem denne denna detta dessa han hon hen man jag vi du ni mig dig oss er honom henne sig min mitt mina din ditt sin sitt sina vår vårt våra hans hennes deras dess och i på av till från med för om vid hos under över genom utan mellan bland mot enligt inom efter före innan som där då här nu så också även bara endast ju nog väl redan ännu fortfarande dock samt eller men utifrån samma några många alla allt annat andra vilket vilken vilka vad hur varför kl klockan ca cirka drygt knappt pat patient patienten patientens pats pt söker mår bra gott dåligt känner upplever tycker mycket lite något väldigt ganska samtidigt idag dagens fortsätter fortsatt oförändrad behandling ordination information informerad informeras dag vecka inkl resp bl a pga ja okej eventuella tacksam tacksamt mvh hälsningar vänligen kontakt uppföljning symtom besvär smärta smärtor värk hypertoni diabetes astma kol artros depression ångest blodtryck vikt bt puls sår såret hud huden ont feber infektion bland annat annars i_stället istället ske sker blir bli vara finns ha har få får fått göra gör gäller enl rullator käpp ute hemma boende ensamboende arbete arbetar trygg nöjd överens planen blodtrycksmätare dos dosen doser nuvarande gås blodtrycket',
  ),
];
