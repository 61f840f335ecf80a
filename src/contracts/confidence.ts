/** A word whose probability lies below this is marked for whoever reads the text: it may well be wrong. */
export const UNCERTAIN_PROBABILITY = 0.6;
