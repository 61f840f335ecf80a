import { useId } from 'react';
import type { DictationView } from '../../contracts/dictations-api.ts';
import { RECORDED_MESSAGES as words } from '../messages/recorded.sv.ts';
import { type Group, grouped } from './groups.ts';
import { type RecordingActions, RecordingRow } from './recording-row.tsx';

interface Props extends RecordingActions {
  readonly items: readonly DictationView[];
  readonly staffId: string;
  readonly isCorrecting: boolean;
}

/** What is left to do, in groups. */
export function RecordingList({ items, ...row }: Props) {
  const groups = grouped(items);
  if (groups.length === 0) return <p>{words.none}</p>;
  return groups.map(([group, dictations]) => (
    <RecordingGroup key={group} group={group} dictations={dictations} {...row} />
  ));
}

interface GroupProps extends Omit<Props, 'items'> {
  readonly group: Group;
  readonly dictations: readonly DictationView[];
}

function RecordingGroup({ group, dictations, ...row }: GroupProps) {
  const headingId = useId();
  return (
    <section className="recording-group" aria-labelledby={headingId}>
      <h2 id={headingId}>
        {words[group]} <span className="count">{dictations.length}</span>
      </h2>
      {group === 'toCorrect' && <p className="hint">{row.isCorrecting ? words.toCorrectHint : words.toSignHint}</p>}
      <ul aria-labelledby={headingId}>
        {dictations.map((dictation) => (
          <RecordingRow key={dictation.id} dictation={dictation} {...row} />
        ))}
      </ul>
    </section>
  );
}
