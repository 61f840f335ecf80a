import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import '../styles.css';
import './log.css';
import { createRoot } from 'react-dom/client';
import { LogPage } from './log-page.tsx';

createRoot(document.getElementById('page')!).render(<LogPage />);
