import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import '../styles.css';
import '../notes/forms.css';
import './queue.css';
import './queue-panel.css';
import { createRoot } from 'react-dom/client';
import { QueuePage } from './queue-page.tsx';

createRoot(document.getElementById('page')!).render(<QueuePage />);
