import type { SectionName } from './sections.ts';

/** The sections of a note (sökord), in their order. */
export const NOTE_SECTIONS: readonly SectionName[] = [
  { id: 'kontaktorsak', title: 'Kontaktorsak', aliases: ['orsak'] },
  { id: 'anamnes', title: 'Anamnes' },
  { id: 'status', title: 'Status', aliases: ['undersökning'] },
  { id: 'bedomning', title: 'Bedömning' },
  { id: 'atgard', title: 'Åtgärd', aliases: ['åtgärder'] },
  { id: 'planering', title: 'Planering', aliases: ['plan'] },
];
