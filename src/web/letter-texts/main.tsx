import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import '../styles.css';
import './letter-texts.css';
import { createRoot } from 'react-dom/client';
import { LetterTextsPage } from './letter-texts-page.tsx';

createRoot(document.getElementById('page')!).render(<LetterTextsPage />);
