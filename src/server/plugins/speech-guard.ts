import type { FastifyInstance, FastifyRequest } from 'fastify';
import { staffOrKeyOf } from '../actor.ts';
import { isLocal } from '../local-requests.ts';

/** What turns sound or text that is sent into text: it shows nobody's data, but not everybody on a network may use it. */
const SPEECH_ROUTES = ['/v1/', '/api/live', '/api/followups', '/vosk'];

/** Whether a request may use speech that is neither of somebody signed in nor has a key. */
export type IsSpeechOpen = (request: FastifyRequest) => boolean;

/** @param requireKey always or never; when undefined, for everybody but this very computer */
export function speechOpening(requireKey: boolean | undefined): IsSpeechOpen {
  return (request) => !(requireKey ?? !isLocal(request));
}

/** Keeps speech for staff who are signed in and for keys with the scope `transcribe`, where it is not open. */
export function addSpeechGuard(app: FastifyInstance, isOpen: IsSpeechOpen): void {
  app.addHook('onRequest', async (request) => {
    // The route that was found, since an address can be written in many ways.
    const route = request.routeOptions.url ?? '';
    const isSpeech = SPEECH_ROUTES.some((start) => route.startsWith(start));
    if (isSpeech && !isOpen(request)) staffOrKeyOf(request, [], ['transcribe']);
  });
}
