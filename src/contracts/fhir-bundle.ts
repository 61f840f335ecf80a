import { z } from 'zod';

// FHIR R4 as it comes in: of each resource no more than is taken in.

const Coding = z.object({ system: z.string().optional(), code: z.string().optional(), display: z.string().optional() });
const Concept = z.object({ text: z.string().optional(), coding: z.array(Coding).default([]) });
const Identifier = z.object({ system: z.string().optional(), value: z.string().optional() });
const Identified = { id: z.string().optional(), identifier: z.array(Identifier).default([]) };
export type FhirIdentifier = z.infer<typeof Identifier>;
const Extension = z.object({ url: z.string(), valueBoolean: z.boolean().optional() });
const Telecom = z.object({ system: z.string().optional(), value: z.string().optional() });
const Name = z.object({
  use: z.string().optional(),
  text: z.string().optional(),
  family: z.string().optional(),
  given: z.array(z.string()).default([]),
});
export type FhirName = z.infer<typeof Name>;
const Address = z.object({
  text: z.string().optional(),
  line: z.array(z.string()).default([]),
  postalCode: z.string().optional(),
  city: z.string().optional(),
});
const Reference = z.object({
  reference: z.string().optional(),
  display: z.string().optional(),
  identifier: Identifier.optional(),
  type: z.string().optional(),
});
export type FhirReference = z.infer<typeof Reference>;
const Participant = z.object({ actor: Reference.optional() });
const concepts = z.array(Concept).default([]);
export type FhirConcept = z.infer<typeof Concept>;

const Person = {
  ...Identified,
  meta: z.object({ security: z.array(Coding).default([]) }).optional(),
  name: z.array(Name).default([]),
  telecom: z.array(Telecom).default([]),
  address: z.array(Address).default([]),
};
const Patient = z.object({
  resourceType: z.literal('Patient'),
  ...Person,
  extension: z.array(Extension).default([]),
  communication: z.array(z.object({ language: Concept })).default([]),
});
const RelatedPerson = z.object({
  resourceType: z.literal('RelatedPerson'),
  ...Person,
  active: z.boolean().default(true),
  patient: Reference.optional(),
  relationship: concepts,
});

const Practitioner = z.object({
  resourceType: z.literal('Practitioner'),
  ...Identified,
  active: z.boolean().default(true),
  name: z.array(Name).default([]),
  qualification: z.array(z.object({ code: Concept })).default([]),
});
const PractitionerRole = z.object({
  resourceType: z.literal('PractitionerRole'),
  ...Identified,
  active: z.boolean().default(true),
  practitioner: Reference.optional(),
  organization: Reference.optional(),
  code: concepts,
});
const Organization = z.object({
  resourceType: z.literal('Organization'),
  ...Identified,
  name: z.string().optional(),
});
const Location = z.object({
  resourceType: z.literal('Location'),
  ...Identified,
  name: z.string().optional(),
  physicalType: Concept.optional(),
});
const HealthcareService = z.object({
  resourceType: z.literal('HealthcareService'),
  ...Identified,
  name: z.string().optional(),
  specialty: concepts,
  communication: concepts,
});
const Schedule = z.object({
  resourceType: z.literal('Schedule'),
  ...Identified,
  actor: z.array(Reference).default([]),
  specialty: concepts,
});
const Device = z.object({
  resourceType: z.literal('Device'),
  ...Identified,
  deviceName: z.array(z.object({ name: z.string() })).default([]),
});
const Appointment = z.object({
  resourceType: z.literal('Appointment'),
  ...Identified,
  status: z.string(),
  start: z.string().optional(),
  end: z.string().optional(),
  serviceType: concepts,
  participant: z.array(Participant).default([]),
});

/** What is read of a Bundle; other resources are left out. */
export const BundledResource = z.discriminatedUnion('resourceType', [
  Patient,
  RelatedPerson,
  Practitioner,
  PractitionerRole,
  Organization,
  Location,
  HealthcareService,
  Schedule,
  Device,
  Appointment,
]);
export type BundledResource = z.infer<typeof BundledResource>;

/** Whether a resource is one of those, right or wrong in itself. */
export const OfBundledType = z.object({
  resourceType: z.enum(BundledResource.options.map(({ shape }) => shape.resourceType.value)),
});

/** A FHIR R4 Bundle that holds records, whatever it is to do with them. */
export const Bundle = z.object({
  resourceType: z.literal('Bundle'),
  type: z.enum(['transaction', 'collection', 'batch', 'searchset']),
  entry: z.array(z.object({ fullUrl: z.string().optional(), resource: z.unknown() })).default([]),
});
