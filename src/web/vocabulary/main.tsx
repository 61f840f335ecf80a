import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import '../styles.css';
import './vocabulary.css';
import { createRoot } from 'react-dom/client';
import { VocabularyPage } from './vocabulary-page.tsx';

createRoot(document.getElementById('page')!).render(<VocabularyPage />);
