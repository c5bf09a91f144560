import type { TokenScope } from "@runweir/identity-domain";
import { z } from "zod";

const day = 86_400_000;
const daysMax = 3_650;
const textInput = z.string().max(1_000);

/** A token as somebody asks for it. */
export const newTokenInput = z.object({
  name: textInput,
  access: z.enum(["all", "read", "ingest"]),
  experimentIds: z.array(textInput).max(100).optional(),
  workspace: textInput.optional(),
  days: z.int().min(1).max(daysMax).optional(),
});
type NewTokenInput = z.infer<typeof newTokenInput>;

export function scopeOf({ access, experimentIds }: NewTokenInput): TokenScope {
  return { access, ...(experimentIds ? { experimentIds } : {}) };
}

export function expiryOf({ days }: NewTokenInput, clock: { now(): number }): number | undefined {
  return days === undefined ? undefined : clock.now() + days * day;
}
