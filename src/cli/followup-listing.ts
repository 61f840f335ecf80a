import { TYPE_WORDS } from '../contracts/follow-up-words.ts';
import type { FollowUp, FollowUpReading, FollowUpRequest, ReadRequest, SourceSpan } from '../contracts/followup.ts';
import type { LocalDate } from '../followup/calendar/local-date.ts';
import { sayDate } from '../followup/calendar/say.ts';
import { dayInWords, seriesInWords, timeInWords } from './followup-times.ts';
import { nameInWords, practitionerInWords, ROUTE_WORDS, WEEKDAY_WORDS } from './followup-words.ts';

const LABEL_WIDTH = 14;

/** What a note asks for, as a secretary reads it: what, with whom, when, in which words, and what is left to do. */
export function formatFollowUps({ followUps, decisions, setAside }: FollowUpReading, ref: LocalDate): string {
  const count = followUps.reduce((sum, { requests }) => sum + requests.length, 0);
  const blocks = [
    `${count === 1 ? '1 uppföljning' : `${count} uppföljningar`} i texten, räknat från ${sayDate(ref, ref)}.`,
    ...followUps.map((followUp) => formatFollowUp(followUp, ref)),
    listed(
      'BESLUT: BEHÖVS INTE',
      decisions.map(({ type, source }) => `${TYPE_WORDS[type]}: ${quoted(source)}`),
    ),
    // The reason quotes the words.
    listed(
      'INGET ATT BOKA',
      setAside.map(({ flag }) => flag.reason),
    ),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function formatFollowUp({ route, requests, flags, source }: FollowUp, ref: LocalDate): string {
  return [
    `${ROUTE_WORDS[route]} (${route})`,
    ...(requests.length === 0 ? [row('ord', quoted(source))] : []),
    ...requests.flatMap((request) => formatRequest(request, ref)),
    ...flags.map(({ flag, reason }) => `  - ${reason} [${flag}]`),
  ].join('\n');
}

function formatRequest(read: ReadRequest, ref: LocalDate): string[] {
  const { request, sources, proposals } = read;
  const { time } = request;
  const minutes = proposals.find(({ field }) => field === 'duration_min');
  const role = proposals.find(({ field }) => field === 'role');
  return [
    `  ${request.id}  ${TYPE_WORDS[request.type]}`,
    ...detailRows(request, ref),
    ...(role ? [row('hos', `${nameInWords(String(role.value))} (föreslås, står inte)`)] : []),
    ...(minutes ? [row('längd', `${minutes.value} minuter (föreslås, står inte)`)] : []),
    ...(time ? [row('när', timeInWords(time, read, ref))] : []),
    ...(time?.mal_datum === undefined ? [] : [row('måldatum', dayInWords(time.mal_datum, ref))]),
    row('ord', quotedTogether(Object.values(sources).flat())),
  ];
}

type Detail = (request: FollowUpRequest, ref: LocalDate) => string | undefined;

/** What else a request says, in the order in which it is read. */
const DETAILS: readonly (readonly [string, Detail])[] = [
  ['vad', ({ service }) => service],
  ['analyser', ({ analyses }) => analyses?.join(', ')],
  ['hos', ({ role, practitioner }) => whoInWords(role, practitioner)],
  ['enhet', ({ unit }) => unit],
  ['till', ({ to }) => to],
  ['orsak', ({ reason }) => reason],
  [
    'förberedelser',
    ({ prep, prep_verbatim: verbatim }) => joined([...(prep ?? []), ...(verbatim ?? []).map(inQuotes)]),
  ],
  ['säkerhet', ({ safety_verbatim: verbatim }) => joined(verbatim?.map(inQuotes))],
  ['behov', ({ needs }) => joined(needs?.map(spaced))],
  ['deltagare', ({ participants }) => joined(participants)],
  ['ansvarig', ({ responsible }) => responsible && whoInWords(responsible.kind, responsible.name)],
  ['längd', ({ duration_min: minutes }) => (minutes === undefined ? undefined : `${minutes} minuter`)],
  ['prioritet', ({ priority }) => priority && nameInWords(priority)],
  ['önskemål', ({ patient_pref: wish }, ref) => wish && wishInWords(wish, ref)],
  ['överenskommet', ({ agreed_with_patient: isAgreed }) => (isAgreed ? 'med patienten' : undefined)],
  ['skickas', ({ delivery }) => delivery],
  ['bokad tid', ({ booking_date: day }, ref) => day && dayInWords(day, ref)],
  ['personnummer', ({ patient_id: id }) => id],
  ['före', ({ before }) => before],
  ['efter', ({ after }) => after],
  ['samma dag som', ({ same_day: other }) => other],
  ['i stället för', ({ alternative_to: other }) => other],
  ['räknas från', ({ anchor }, ref) => joined([anchor?.event ?? '', anchor?.date ? dayInWords(anchor.date, ref) : ''])],
  ['väntar på', ({ trigger }) => trigger && spaced(trigger)],
  ['villkor', ({ condition }) => condition && inQuotes(condition)],
  ['upprepas', ({ series }, ref) => series && seriesInWords(series, ref)],
];

function detailRows(request: FollowUpRequest, ref: LocalDate): string[] {
  return DETAILS.flatMap(([label, detail]) => {
    const words = detail(request, ref);
    return words ? [row(label, words)] : [];
  });
}

function whoInWords(role: string | undefined, person: string | undefined): string | undefined {
  return [role && nameInWords(role), person && practitionerInWords(person)].filter(Boolean).join(' ');
}

function wishInWords(
  {
    daypart,
    weekdays = [],
    not_weekdays: notWeekdays = [],
    not_dates: notDates = [],
  }: NonNullable<FollowUpRequest['patient_pref']>,
  ref: LocalDate,
): string {
  return [
    ...(daypart ? [nameInWords(daypart)] : []),
    ...weekdays.map((day) => WEEKDAY_WORDS[day]),
    ...notWeekdays.map((day) => `inte ${WEEKDAY_WORDS[day]}`),
    ...notDates.map((days) => `inte ${[...new Set(days)].map((day) => dayInWords(day, ref)).join(' till ')}`),
  ].join(', ');
}

/** The words that a request came from, in the order of the text, once each: "återbesök … om tre veckor". */
function quotedTogether(spans: readonly SourceSpan[]): string {
  const pieces: SourceSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.end > (pieces.at(-1)?.end ?? -1)) pieces.push(span);
  }
  return inQuotes(pieces.map(({ text }) => text.replaceAll(/\s+/g, ' ')).join(' … '));
}

function quoted({ text }: SourceSpan): string {
  return inQuotes(text.replaceAll(/\s+/g, ' '));
}

function inQuotes(text: string): string {
  return `”${text}”`;
}

/** "tolk:arabiska" as "tolk arabiska". */
function spaced(name: string): string {
  return nameInWords(name.replace(':', ' '));
}

function joined(parts: readonly string[] | undefined): string {
  return (parts ?? []).filter((part) => part !== '').join(', ');
}

function row(label: string, words: string): string {
  return `      ${label.padEnd(LABEL_WIDTH)}${words}`;
}

function listed(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, ...lines.map((line) => `  - ${line}`)].join('\n');
}
