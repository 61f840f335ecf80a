/** Every account of the demo clinic; the login page shows it, and it opens nothing for other computers. */
export const DEMO_PASSWORD = 'demo-lösenord';
