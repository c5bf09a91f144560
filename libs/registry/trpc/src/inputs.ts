import { z } from "zod";

// What is refused here is only what could hurt the door itself (sizes, kinds); the rules are the service's, so that
// every door answers in the same words.

export const nameInput = z.string().max(1_000);
export const versionInput = z.string().max(20);
export const keyInput = z.string().max(1_000);
export const aliasInput = z.string().max(1_000);
export const tagInput = z.object({ key: keyInput, value: z.string().max(200_000) });
/** Empty and absent are the same: no description. */
export const descriptionInput = z.string().max(200_000);

const pageTokenInput = z.string().max(10_000).optional();
export const pageInput = { maxResults: z.int().min(1).max(1_000), pageToken: pageTokenInput };
export const searchInput = z.object({
  filter: z.string().max(20_000).optional(),
  orderBy: z.array(z.string().max(2_000)).max(20).optional(),
  ...pageInput,
});

/** Of which models. */
export const selectionInput = z.object({
  filter: z.string().max(20_000).optional(),
  text: z.string().max(1_000).optional(),
  owner: z.string().max(1_000).optional(),
  alias: aliasInput.optional(),
  stage: z.string().max(1_000).optional(),
});

export const oneModel = z.object({ name: nameInput });
export const oneVersion = z.object({ name: nameInput, version: versionInput });
