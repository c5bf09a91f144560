import { requestStates } from "@runweir/review-domain";
import { z } from "zod";

export const requestId = z.int().positive();
export const version = z.int().positive();
export const oneRequest = z.object({ requestId });
export const target = z.union([
  z.object({ kind: z.literal("alias"), alias: z.string().min(1).max(256) }),
  z.object({ kind: z.literal("stage"), stage: z.string().min(1).max(256) }),
]);
export const model = z.string().min(1).max(500);

const person = z.object({ kind: z.string().max(32), id: z.string().max(200) });

export const filter = z.object({
  states: z.array(z.enum(requestStates)).max(20).optional(),
  model: model.optional(),
  version: version.optional(),
  target: target.optional(),
  author: person.optional(),
  reviewers: z.array(person).max(50).optional(),
  text: z.string().max(300).optional(),
});
