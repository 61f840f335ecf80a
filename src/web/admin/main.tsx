import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import '../styles.css';
import './admin.css';
import { createRoot } from 'react-dom/client';
import { AdminPage } from './admin-page.tsx';

createRoot(document.getElementById('page')!).render(<AdminPage />);
