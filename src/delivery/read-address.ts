import { createHmac, timingSafeEqual } from 'node:crypto';

/** Where a digital post service may tell that a letter was opened: nobody can make that address without the secret. */
export function readAddress(publicUrl: string, deliveryId: string, secret: string): string {
  const token = readToken(deliveryId, secret).toString('base64url');
  return new URL(`/api/letter-deliveries/${deliveryId}/read?token=${token}`, publicUrl).href;
}

export function isReadToken(token: string, deliveryId: string, secret: string): boolean {
  const given = Buffer.from(token, 'base64url');
  const right = readToken(deliveryId, secret);
  return given.length === right.length && timingSafeEqual(given, right);
}

function readToken(deliveryId: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(`letter-read:${deliveryId}`).digest();
}
