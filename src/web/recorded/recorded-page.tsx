import { useMemo, useState } from 'react';
import type { DictationView } from '../../contracts/dictations-api.ts';
import { recordedError, RECORDED_MESSAGES as words } from '../messages/recorded.sv.ts';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';
import { PageError } from '../page-error.ts';
import { Failure } from '../shell/failure.tsx';
import type { PageSession } from '../shell/session.ts';
import { ShellHeader } from '../shell/shell-header.tsx';
import { useSession } from '../shell/use-session.ts';
import { RecordingList } from './recording-list.tsx';
import { RecordingsClient } from './recordings-client.ts';
import { UploadSection } from './upload-section.tsx';
import { useRecordings } from './use-recordings.ts';

/** Recorded dictations: sending them in, following them, correcting them and handing them to their authors. */
export function RecordedPage() {
  const { session, failure } = useSession();
  const isTheirs = session?.staff.roles.some((role) => role === 'clinician' || role === 'administrator');
  return (
    <>
      <ShellHeader path="/inspelat" session={session} />
      <main>
        {failure !== undefined && <Failure text={recordedError(failure)} onRetry={() => location.reload()} />}
        {session === undefined && failure === undefined && <p role="status">{SHELL_MESSAGES.loading}</p>}
        {session && !isTheirs && <p role="alert">{words.notYours}</p>}
        {session && isTheirs && <Recordings session={session} />}
      </main>
    </>
  );
}

function Recordings({ session }: { session: PageSession }) {
  const client = useMemo(() => new RecordingsClient(session), [session]);
  const { items, hasMore, failure, refresh } = useRecordings(client);
  const [notice, setNotice] = useState('');
  const [problem, setProblem] = useState<string>();
  const act = (work: Promise<unknown>, done: string) => {
    setProblem(undefined);
    setNotice('');
    work.then(
      () => setNotice(done),
      (error) => setProblem(PageError.from(error).code),
    );
    void work.finally(refresh).catch(() => undefined);
  };
  const handOver = (dictation: DictationView) => {
    const { author } = dictation;
    const name = author ? `${author.givenName} ${author.familyName}` : '';
    act(client.handOver(dictation), words.handedOverNotice(name));
  };
  return (
    <>
      <UploadSection
        client={client}
        staff={session.staff}
        onSent={() => {
          setNotice(words.sent);
          refresh();
        }}
      />
      <p role="status" className={notice === '' ? 'visually-hidden' : 'recorded-notice'}>
        {notice}
      </p>
      {problem !== undefined && <Failure text={recordedError(problem)} />}
      {failure !== undefined && <Failure text={recordedError(failure)} onRetry={refresh} />}
      {items === undefined && failure === undefined && <p role="status">{words.loading}</p>}
      {items && (
        <RecordingList
          items={items}
          staffId={session.staff.id}
          isCorrecting={client.isCorrecting}
          onHandOver={handOver}
          onRetry={(dictation) => act(client.retry(dictation), words.retriedNotice)}
          onWithdraw={(dictation) => act(client.withdraw(dictation), words.withdrawnNotice)}
        />
      )}
      {hasMore && <p className="hint">{words.moreExist}</p>}
    </>
  );
}
