import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import '../styles.css';
import './exchange.css';
import { createRoot } from 'react-dom/client';
import { ExchangePage } from './exchange-page.tsx';

createRoot(document.getElementById('page')!).render(<ExchangePage />);
