import { z } from "zod";

// What is refused here is only what could hurt the door itself (sizes, kinds); the rules are the service's, so that
// every door answers in the same words.

export const idInput = z.string().min(1).max(64);
export const experimentIdsInput = z.array(idInput).max(1_000);
export const keyInput = z.string().max(1_000);
export const viewTypeInput = z.enum(["ACTIVE_ONLY", "DELETED_ONLY", "ALL"]);
export const filterInput = z.string().max(20_000).optional();
export const pageTokenInput = z.string().max(10_000).optional();
export const tagInput = z.object({ key: keyInput, value: z.string().max(100_000) });
export const nameInput = z.string().max(10_000);

export const pageInput = { maxResults: z.int().min(1).max(5_000), pageToken: pageTokenInput };
