import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import '../styles.css';
import './recorded.css';
import { createRoot } from 'react-dom/client';
import { RecordedPage } from './recorded-page.tsx';

createRoot(document.getElementById('page')!).render(<RecordedPage />);
