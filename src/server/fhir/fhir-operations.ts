import type { FastifyInstance } from 'fastify';
import type { Bundle } from 'fhir/r4.js';
import type { ApiScope } from '../../contracts/access.ts';
import type { FhirType, SchedulingOperation } from '../../fhir/fhir-type.ts';
import { KeptProposals } from '../../fhir/scheduling/kept-proposals.ts';
import { bookOperation, findOperation, holdOperation, type OperationCall } from '../../fhir/scheduling/operations.ts';
import { readParameters } from '../../fhir/scheduling/parameters.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import { VersionConflict } from '../../storage/repositories/expect.ts';
import { accessContext } from '../actor.ts';
import { preconditionFailed } from '../api-route.ts';
import { fhirActor, onlyFor } from './fhir-access.ts';
import { baseUrlOf, FHIR_PATH, rawQueryOf, sendResource } from './fhir-request.ts';
import type { FhirRouteParts } from './fhir-routes.ts';

interface ServedOperation {
  readonly scope: ApiScope;
  readonly methods: ('GET' | 'POST')[];
  readonly run: (transaction: AuditedTransaction, call: OperationCall) => Promise<Bundle>;
}

const OPERATIONS: Readonly<Record<SchedulingOperation, ServedOperation>> = {
  find: { scope: 'fhir:read', methods: ['GET', 'POST'], run: findOperation },
  hold: { scope: 'fhir:book', methods: ['POST'], run: holdOperation },
  book: { scope: 'fhir:book', methods: ['POST'], run: bookOperation },
};

/** The operations that a type's table names. */
export async function fhirOperations(
  app: FastifyInstance,
  { storage, now = Date.now, types }: FhirRouteParts & { readonly types: readonly FhirType[] },
): Promise<void> {
  const proposals = new KeptProposals();
  for (const { type, operations } of types) {
    for (const { name } of operations) {
      const { scope, methods, run } = OPERATIONS[name];
      app.route({
        method: methods,
        url: `${FHIR_PATH}/${type}/$${name}`,
        onRequest: onlyFor(scope),
        handler: async (request, reply) => {
          const actor = fhirActor(request, scope);
          const input = readParameters(request.body, rawQueryOf(request));
          const asked = { baseUrl: baseUrlOf(request), nowMs: now() };
          const call = { ...asked, input, proposals, ifMatch: request.headers['if-match'] };
          const bundle = await storage
            .withAudit(actor, accessContext(request, 'booking'), (transaction) => run(transaction, call))
            .catch((error: unknown) => {
              const isChange = input.resource('appointment-resource') !== undefined;
              throw isChange && error instanceof VersionConflict ? preconditionFailed(error) : error;
            });
          return sendResource(reply, bundle);
        },
      });
    }
  }
}
