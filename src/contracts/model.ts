import { z } from 'zod';

/**
 * `name` or `owner/name`, as model hubs write them. Neither part can be a path: no leading dot, no `..`, and no `--`,
 * which stands for the slash in folder names.
 */
export const ModelName = z
  .string()
  .max(128)
  .regex(/^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)?$/, 'a name or owner/name of letters, digits, dots and dashes')
  .refine((name) => !/\.\.|--|[.-]$/.test(name), 'a name without .. or -- and with a letter or digit at its end');
export type ModelName = z.infer<typeof ModelName>;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal');

export const ModelFile = z.object({ sha256: Sha256, sizeBytes: z.number().int().nonnegative() });
export type ModelFile = z.infer<typeof ModelFile>;

/** Files of a model by their plain names. */
export const ModelFiles = z.record(z.string().regex(/^\w[\w.-]*$/, 'a plain file name'), ModelFile);
export type ModelFiles = z.infer<typeof ModelFiles>;

const description = {
  name: ModelName,
  /** SPDX identifier, or "unknown" for a model that the manifest does not know. */
  licence: z.string(),
  /** ISO 639-1 codes, where such exist. */
  languages: z.array(z.string()),
};

/** A model that comes with the product, in a folder of its own name beside the manifest. */
export const BundledModel = z.object({ ...description, source: z.string(), files: ModelFiles });
export type BundledModel = z.infer<typeof BundledModel>;

/** A model that is known to install well; its name is its name on the hub. */
export const InstallableModel = z.object({
  ...description,
  /** Parameters of the network, in millions: what one needs to know before a download. */
  parametersMillions: z.number().positive(),
  /** Absent: every language that the model's own tokenizer names. */
  languages: description.languages.optional(),
});
export type InstallableModel = z.infer<typeof InstallableModel>;

/** models/manifest.json */
export const ModelManifest = z.object({
  default: ModelName,
  bundled: z.array(BundledModel),
  installable: z.array(InstallableModel),
});
export type ModelManifest = z.infer<typeof ModelManifest>;

export const InstalledModel = z.object({
  ...description,
  /** Name of the model's folder among the installed ones. */
  folder: z.string().regex(/^[A-Za-z0-9][\w.@-]*$/),
  /** Address or folder that it came from. */
  source: z.string(),
  installedUnixSeconds: z.number().int().nonnegative(),
  files: ModelFiles,
});
export type InstalledModel = z.infer<typeof InstalledModel>;

/** The data directory's own register of models: what is installed, and what each download was when it first came. */
export const InstalledModels = z.object({
  models: z.array(InstalledModel),
  /** Files as they were downloaded, by model; kept when a model is removed. */
  pins: z.record(ModelName, ModelFiles),
});
export type InstalledModels = z.infer<typeof InstalledModels>;
