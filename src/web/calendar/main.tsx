import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import '../styles.css';
import '../notes/forms.css';
import './calendar.css';
import './grid.css';
import './panel.css';
import './print.css';
import './setup/setup.css';
import { createRoot } from 'react-dom/client';
import { CalendarPage } from './calendar-page.tsx';

createRoot(document.getElementById('page')!).render(<CalendarPage />);
