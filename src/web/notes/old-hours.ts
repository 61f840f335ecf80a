/** What has waited for so long is told in the colour of warnings, too. */
export const OLD_HOURS = 24;
