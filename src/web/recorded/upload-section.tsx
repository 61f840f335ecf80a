import { type DragEvent, useId, useRef, useState } from 'react';
import type { SignedInStaff } from '../../contracts/access-api.ts';
import { RECORDED_MESSAGES as words } from '../messages/recorded.sv.ts';
import type { RecordingsClient } from './recordings-client.ts';
import { UploadForm } from './upload-form.tsx';

/** Formats that the server reads; a browser knows not all of them as sound. */
const ACCEPTED = 'audio/*,video/webm,video/mp4,.flac,.opus,.ogg,.wav,.mp3,.m4a,.amr';

interface Props {
  readonly client: RecordingsClient;
  readonly staff: SignedInStaff;
  readonly onSent: () => void;
}

/** Where a file is dropped or chosen; then the form about it. */
export function UploadSection({ client, staff, onSent }: Props) {
  const [file, setFile] = useState<File>();
  const [isDragging, setDragging] = useState(false);
  const [hint, setHint] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const headingId = useId();

  const take = (files: FileList | null) => {
    const [first, another] = files ?? [];
    setHint(another === undefined ? '' : words.oneFile);
    if (first !== undefined && another === undefined) setFile(first);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setDragging(false);
    take(event.dataTransfer.files);
  };
  const done = () => {
    setFile(undefined);
    onSent();
  };

  return (
    <section
      className={isDragging ? 'upload dragging' : 'upload'}
      aria-labelledby={headingId}
      onDragOver={(event) => {
        event.preventDefault();
        setDragging(true);
      }}
      onDragLeave={() => setDragging(false)}
      onDrop={drop}
    >
      <h2 id={headingId}>{words.uploadHeading}</h2>
      <p className="hint">{words.uploadHint}</p>
      <input
        ref={input}
        type="file"
        hidden
        accept={ACCEPTED}
        onChange={({ target }) => {
          take(target.files);
          // The same file chosen again is a wish too.
          target.value = '';
        }}
      />
      <div className="actions">
        <button type="button" className={file ? '' : 'primary'} onClick={() => input.current?.click()}>
          {file ? words.chooseOther : words.choose}
        </button>
      </div>
      <p role="status">{hint}</p>
      {file && (
        <UploadForm
          key={`${file.name} ${file.lastModified} ${file.size}`}
          file={file}
          client={client}
          staff={staff}
          onSent={done}
          onAbort={() => setFile(undefined)}
        />
      )}
    </section>
  );
}
