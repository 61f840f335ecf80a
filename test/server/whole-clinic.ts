import { expect } from 'vitest';
import type { KilledClinic } from './killed-clinic.ts';

/** Tables of which each write is a line in the log. */
const LOGGED = ['appointments', 'admin_tasks', 'letters', 'letter_deliveries', 'earlier_wishes', 'offers'];

/** What must never be found, at whatever moment one looks: each query finds what is broken. */
const BROKEN: Readonly<Record<string, string>> = {
  'a chain of which a part is booked': `
    select chain_id from (
      select chain_id, count(*) as tasks, count(*) filter (where state in ('booked', 'called')) as booked,
        (select count(*) from appointments as of where of.chain_id = admin_tasks.chain_id and of.state = 'booked') as visits
      from admin_tasks group by chain_id
    ) as chains where (booked, visits) not in ((0, 0), (tasks, tasks))`,
  'a visit that takes no time, or time that is taken for no visit': `
    select appointments.id from appointments left join taken_times on appointment_id = appointments.id
    group by appointments.id
    having (count(appointment_id) > 0) <> (appointments.state in ('reserved', 'booked', 'arrived', 'fulfilled', 'no_show'))`,
  'a visit whose last step is another than what it is': `
    select appointments.id from appointments where not exists (
      select from appointment_steps as step where appointment_id = appointments.id
        and step.id = (select max(id) from appointment_steps where appointment_id = appointments.id)
        and step.starts_at = appointments.starts_at and step.performer_id = appointments.performer_id
        and (step.step = appointments.state or (step.step = 'moved' and appointments.state = 'booked')))`,
  'a letter that has not all of its ways': `
    select letters.id from letters left join letter_deliveries as way on way.letter_id = letters.id
    group by letters.id having count(way.id) <> case kind when 'paminnelse' then 2 else 4 end`,
  'a way of a letter that took a step twice, or none': `
    select way.id from letter_deliveries as way left join letter_steps as step
      on step.delivery_id = way.id and step.step <> 'delayed'
    group by way.id
    having count(step.step) <> count(distinct step.step)
      or coalesce(bool_or(step.step = way.state), false) <> (way.state <> 'waiting')`,
  'a time that is held for nobody': `
    select id from appointments where state = 'reserved' and not exists (
      select from offer_visits join offers on offers.id = offer_id
      where reservation_id = appointments.id and offers.state = 'offered')`,
  'a freed time that two have taken': `
    select freed_time_id from offers where state = 'accepted' group by freed_time_id having count(*) > 1`,
  ...Object.fromEntries(
    LOGGED.map((table) => [
      `a write to ${table} that the log does not know`,
      `select ${table}.id from ${table} left join audit_events as line on line.object_kind = '${table}'
         and line.object_id = ${table}.id::text and line.action in ('create', 'update')
       group by ${table}.id having count(line.id) <> ${table}.version`,
    ]),
  ),
};

/** Nothing is halved, doubled or forgotten, whatever has just been killed. */
export async function expectWhole(killed: KilledClinic): Promise<void> {
  const found: Record<string, unknown[]> = {};
  for (const [name, query] of Object.entries(BROKEN)) {
    const rows = await killed.rows(query);
    if (rows.length > 0) found[name] = rows;
  }
  expect(found).toEqual({});
}

/**
 * Everything that went out did so under an id of its own way or offer, and whatever is told as sent has come: what came
 * twice came under the same id, and only what was on its way when a server was killed.
 */
export async function expectTold(killed: KilledClinic): Promise<void> {
  const { mail, sms, post, deaths } = killed;
  const ids = async (query: string) => (await killed.rows<{ id: string }>(query)).map(({ id }) => id);
  const notices = [
    ...(await ids("select id from letter_deliveries where channel = 'notice' and state = 'sent'")),
    ...(await ids('select id from offers')),
  ];
  const known = new Set([
    ...(await ids("select id from letter_deliveries where channel = 'notice'")),
    ...(await ids('select id from offers')),
  ]);
  const posted = await ids("select id from letter_deliveries where channel = 'digital_post' and state = 'sent'");
  const mails = mail.received.map(({ messageId }) => messageId.slice(1).replace('@klinik.test>', ''));
  const messages = sms.received.map(({ headers }) => String(headers['webhook-id']).replace('letter_', ''));
  const letters = post.received.map(({ headers }) => String(headers['webhook-id']).replace('letter_', ''));
  const told = new Set([...mails, ...messages]);
  expect(notices.filter((id) => !told.has(id))).toEqual([]);
  expect([...told].filter((id) => !known.has(id))).toEqual([]);
  expect(posted.filter((id) => !letters.includes(id))).toEqual([]);
  const came = [...mails, ...messages, ...letters];
  const atOnce = 12;
  expect(came.length - new Set(came).size).toBeLessThanOrEqual(deaths * atOnce);
}
