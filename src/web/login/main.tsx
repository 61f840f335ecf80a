import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import '../styles.css';
import './login.css';
import { createRoot } from 'react-dom/client';
import { LoginPage } from './login-page.tsx';

createRoot(document.getElementById('page')!).render(<LoginPage />);
