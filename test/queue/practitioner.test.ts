import { expect, test } from 'vitest';
import { findNamed } from '../../src/queue/tasks/practitioner.ts';

const STAFF = [
  { id: 'lind', givenName: 'Anna', familyName: 'Lind', profession: 'lakare' },
  { id: 'oberg', givenName: 'Åke', familyName: 'Öberg', profession: 'lakare' },
  { id: 'berg1', givenName: 'Eva', familyName: 'Berg', profession: 'lakare' },
  { id: 'berg2', givenName: 'Bo', familyName: 'Berg', profession: 'kurator' },
];

test.each([
  ['Lind', undefined, 'lind'],
  ['lind', 'distriktsskoterska', 'lind'],
  ['Anna  Lind', undefined, 'lind'],
  ['ÖBERG', undefined, 'oberg'],
  ['Berg', 'kurator', 'berg2'],
  ['Eva Berg', undefined, 'berg1'],
])('"%s" asked for as %s is %s', (name, profession, id) => {
  expect(findNamed(name, profession, STAFF)?.id).toBe(id);
});

test.each([
  ['Berg', undefined],
  ['Berg', 'sjukskoterska'],
  ['Nyström', 'lakare'],
  ['Anna', undefined],
])('"%s" asked for as %s is nobody that the program may choose', (name, profession) => {
  expect(findNamed(name, profession, STAFF)).toBeNull();
});
