import type { MadeCertificate } from './certificate.ts';

/** What to do with a certificate that was made, in Swedish, for whoever runs the server at the clinic. */
export function certificateAdvice({
  authority,
  server,
  names,
  validUntil,
  authorityFingerprint,
}: MadeCertificate): string {
  return `Certifikatet är klart och gäller till ${validUntil.toISOString().slice(0, 10)}.

  Serverns certifikat    ${server.certPath}
  Serverns nyckel        ${server.keyPath}
  CA-certifikat          ${authority.certPath}
  CA-nyckel              ${authority.keyPath}
  Namn och adresser      ${names.join(', ')}

Starta servern så här:

  npm start -- --host 0.0.0.0 --tls-cert "${server.certPath}" --tls-key "${server.keyPath}"

Installera CA-certifikatet (ca.crt) på varje dator, platta och telefon som ska nå servern. Flytta aldrig nycklarna
(ca.key, server.key): den som har CA-nyckeln kan utge sig för att vara vilken webbplats som helst. Förvara den gärna
på ett USB-minne i kassaskåpet; den behövs bara vid förnyelse.

Jämför fingeravtrycket (SHA-256) när ca.crt installeras:
  ${authorityFingerprint}

  Windows   Dubbelklicka på ca.crt > Installera certifikat > Lokal dator > Placera i: Betrodda rotcertifikatutfärdare.
            Många datorer: grupprincip, eller som administratör: certutil -addstore -f Root ca.crt
  macOS     sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain ca.crt
  iOS       Skicka ca.crt till enheten och öppna den. Inställningar > Profil hämtad > Installera. Slå sedan på den under
            Inställningar > Allmänt > Om > Inställningar för certifikattillit.
  Android   Inställningar > Säkerhet > Fler säkerhetsinställningar > Installera från enhetens lagring > CA-certifikat.
  Firefox   Windows och macOS: inget mer behövs. Annars Inställningar > Sekretess och säkerhet > Visa certifikat >
            Utfärdare > Importera, och kryssa i att webbplatser får identifieras.

Förnya i god tid med: npx taltid certificate --renew
Servern byter certifikat utan omstart, och det som redan är installerat på datorerna gäller fortfarande.
`;
}
