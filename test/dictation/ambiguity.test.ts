import { describe, expect, test } from 'vitest';
import { written } from './say.ts';

// biome-ignore format: a table is read by its lines
const CLAIMS: Readonly<Record<string, readonly (readonly [said: string, written: string])[]>> = {
  'kolon is a mark after a heading or with nothing that speaks against it': [
    ['bedömning kolon misstänkt pneumoni', 'Bedömning: misstänkt pneumoni'],
    ['bedömning kolon cancer misstänks', 'Bedömning: cancer misstänks'],
    ['status kolon ua', 'Status: ua'],
    ['diagnos kolon astma', 'Diagnos: astma'],
    ['aktuella läkemedel kolon inga', 'Aktuella läkemedel: inga'],
    ['allergier · kolon · inga', 'Allergier: inga'],
    ['trött punkt ny rad åtgärd kolon vila', 'Trött.\nÅtgärd: vila'],
    ['Bedömning Kulon, misstänkt', 'Bedömning: misstänkt'],
    ['Bedamning, Kulan, Misstänkt', 'Bedömning: misstänkt'.replace('Bedöm', 'Bedam').replace(': m', ': M')],
    ['status kålon gott', 'Status: gott'],
  ],
  'kolon is the bowel among its neighbours': [
    ['polyp i kolon sigmoideum', 'Polyp i kolon sigmoideum'],
    ['cancer i kolon punkt', 'Cancer i kolon.'],
    ['resektion av kolon', 'Resektion av kolon'],
    ['hela kolon undersöks', 'Hela kolon undersöks'],
    ['vänster kolon ua', 'Vänster kolon ua'],
    ['kolon irritabile', 'Kolon irritabile'],
    ['ileum och kolon inspekteras', 'Ileum och kolon inspekteras'],
    ['koloskopi till kolon ascendens', 'Koloskopi till kolon ascendens'],
    ['trött punkt kolon ua', 'Trött. Kolon ua'],
    ['inflammation i · kolon · punkt', 'Inflammation i kolon.'],
    ['bedömning kolon irritabel kolon', 'Bedömning: irritabel kolon'],
  ],
  'komma is a mark in a sentence': [
    ['huvudvärk komma yrsel komma illamående', 'Huvudvärk, yrsel, illamående'],
    ['huvudvärk · komma · yrsel', 'Huvudvärk, yrsel'],
    ['regelbunden rytm komma inga blåsljud', 'Regelbunden rytm, inga blåsljud'],
    ['trött komma på kvällen', 'Trött, på kvällen'],
    ['rytm, koma inga blåsljud', 'Rytm, inga blåsljud'],
  ],
  'komma is the verb after a modal verb and at the start of a sentence': [
    ['hon kan inte komma på fredag', 'Hon kan inte komma på fredag'],
    ['patienten ska komma på återbesök', 'Patienten ska komma på återbesök'],
    ['får komma tillbaka vid behov', 'Får komma tillbaka vid behov'],
    ['välkommen att komma åter', 'Välkommen att komma åter'],
    ['ska patienten komma hit', 'Ska patienten komma hit'],
    ['kommer att komma igång', 'Kommer att komma igång'],
    ['trött punkt komma åter vid behov', 'Trött. Komma åter vid behov'],
    ['patienten kan komma tillbaka komma vid behov', 'Patienten kan komma tillbaka, vid behov'],
    ['patienten i koma', 'Patienten i koma'],
    ['medvetslös koma', 'Medvetslös koma'],
    ['det kan hon inte · komma · men det går', 'Det kan hon inte, men det går'],
  ],
  'punkt ends a sentence, unless it is a point': [
    ['mår bra punkt', 'Mår bra.'],
    ['vid denna punkt', 'Vid denna punkt'],
    ['smärta vid en punkt över knät punkt', 'Smärta vid en punkt över knät.'],
    ['öm punkt lateralt', 'Öm punkt lateralt'],
    ['buken mjuk men öm punkt', 'Buken mjuk men öm.'],
    ['feber ingen punkt hosta', 'Feber ingen. Hosta'],
    ['enligt punkt två', 'Enligt punkt två'],
    ['vid denna tidpunkt punkt', 'Vid denna tidpunkt.'],
    ['utgångspunkt', 'Utgångspunkt'],
    ['blodtryck hundratjugo genom åttio punkt', 'Blodtryck 120/80.'],
  ],
  'a command is a word after a modal verb, and "nästa" only counts by itself': [
    ['hon kan inte ångra sig', 'Hon kan inte ångra sig'],
    ['vi får ta bort det', 'Vi får ta bort det'],
    ['han vill avsluta behandlingen', 'Han vill avsluta behandlingen'],
    ['avsluta behandlingen', 'Avsluta behandlingen'],
    ['hon ska avsluta diktatet', 'Hon ska avsluta diktatet'],
    ['nästa vecka', 'Nästa vecka'],
    ['föregående besök', 'Föregående besök'],
  ],
};

describe.each(Object.entries(CLAIMS))('%s:', (_, table) => {
  test.each(table)('%s -> %s', (said, expected) => expect(written(said)).toBe(expected));
});
