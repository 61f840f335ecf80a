import type { DeskState } from './desk-state.ts';
import type { NoteDesk } from './note-desk.ts';
import { QuestionDialog } from './question-dialog.tsx';

/** The question that the clinician has opened. */
export function AnsweredQuestion({ desk, state }: { desk: NoteDesk; state: DeskState }) {
  const { answering: question, answerFailure } = state;
  if (!question) return null;
  const { questions } = desk;
  return (
    <QuestionDialog
      key={question.id}
      question={question}
      failure={answerFailure}
      mayDecide
      onAnswer={(answer) => void questions.answer(question, answer)}
      onPassOn={(to) => void questions.passOn(question, to)}
      onOpenNote={() => {
        questions.close();
        void desk.openNote(question.noteId);
      }}
      onClose={() => questions.close()}
    />
  );
}
