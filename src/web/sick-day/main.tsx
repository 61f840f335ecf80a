import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import '../styles.css';
import './sick-day.css';
import { createRoot } from 'react-dom/client';
import { SickDayPage } from './sick-day-page.tsx';

createRoot(document.getElementById('page')!).render(<SickDayPage />);
