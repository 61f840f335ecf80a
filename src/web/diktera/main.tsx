import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import '../styles.css';
import './diktera.css';
import '../notes/forms.css';
import '../notes/notes.css';
import { createRoot } from 'react-dom/client';
import { DictationPage } from './dictation-page.tsx';

createRoot(document.getElementById('page')!).render(<DictationPage />);
