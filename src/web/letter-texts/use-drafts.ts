import { useEffect, useState } from 'react';
import type { LetterTexts } from '../../contracts/letter-texts.ts';
import type { LetterTextsKey, UnitContactBody } from '../../contracts/letter-texts-api.ts';

type ByName<Draft> = Readonly<Record<string, Draft>>;

/** What is written and not saved yet; it stays while somebody looks at other texts. */
export interface Drafts {
  /** By `draftName`. */
  readonly texts: ByName<LetterTexts>;
  /** By unit. */
  readonly contacts: ByName<UnitContactBody>;
  /** Undefined when there is nothing unsaved any longer. */
  readonly setTexts: (name: string, draft: LetterTexts | undefined) => void;
  readonly setContact: (unitId: string, draft: UnitContactBody) => void;
  /** What was saved is no draft any longer, but what was written meanwhile is. */
  readonly dropTexts: (name: string, saved: LetterTexts) => void;
  readonly dropContact: (unitId: string, saved: UnitContactBody | undefined) => void;
}

export function draftName(unitId: string, key: LetterTextsKey): string {
  return `${unitId} ${key}`;
}

/** The drafts of a page, which the browser asks about before it leaves them. */
export function useDrafts(): Drafts {
  const [texts, setTexts] = useState<ByName<LetterTexts>>({});
  const [contacts, setContacts] = useState<ByName<UnitContactBody>>({});
  const isUnsaved = Object.keys(texts).length + Object.keys(contacts).length > 0;
  useEffect(() => {
    if (!isUnsaved) return;
    const onLeave = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', onLeave);
    return () => removeEventListener('beforeunload', onLeave);
  }, [isUnsaved]);
  return {
    texts,
    contacts,
    setTexts: (name, draft) => setTexts((before) => replaced(before, name, draft)),
    setContact: (unitId, draft) => setContacts((before) => replaced(before, unitId, draft)),
    dropTexts: (name, saved) => setTexts((before) => without(before, name, saved)),
    dropContact: (unitId, saved) => setContacts((before) => without(before, unitId, saved)),
  };
}

function replaced<Draft>(before: ByName<Draft>, name: string, draft: Draft | undefined): ByName<Draft> {
  const { [name]: _, ...others } = before;
  return draft === undefined ? others : { ...others, [name]: draft };
}

function without<Draft>(before: ByName<Draft>, name: string, saved: Draft | undefined): ByName<Draft> {
  return before[name] === saved ? replaced(before, name, undefined) : before;
}
