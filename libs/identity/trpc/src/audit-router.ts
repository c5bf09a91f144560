import {
  type AuditFilter,
  type AuditReading,
  auditActionNames,
  describeFault,
} from "@runweir/identity-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";

const nameInput = z.string().max(500).optional();
const timeInput = z.int().min(0).max(8.64e15).optional();
const filterInput = z.object({
  actorId: nameInput,
  action: nameInput,
  objectKind: nameInput,
  objectId: nameInput,
  text: nameInput,
  from: timeInput,
  to: timeInput,
}) satisfies z.ZodType<AuditFilter>;
const positionInput = z.object({
  sequence: z.int().min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

/** A stretch that is verified by one request: a second of work, and a step of the page's progress. */
const stretchEntries = 20_000;

export function createAuditRouter(audit: AuditReading) {
  return router({
    /** The newest first; `before` is the number of the last entry of the page before. */
    list: procedure("workspace.manage")
      .input(
        filterInput.extend({
          limit: z.int().min(1).max(200).default(50),
          before: z.int().positive().optional(),
        }),
      )
      .query(({ ctx: { caller }, input: { limit, before, ...filter } }) =>
        audit.search(caller, filter, { limit, before }),
      ),
    /** What the page's filters offer, and whether it is the whole server's log that the caller reads. */
    choices: procedure("workspace.manage").query(async ({ ctx: { caller } }) => ({
      actions: auditActionNames,
      people: await audit.listPeople(caller),
      isWhole: audit.readsAll(caller),
    })),
    /** Goes on where the one before ended, until `verified` is `head` or there is a fault. */
    verify: procedure("server.manage")
      .input(z.object({ after: positionInput.optional() }))
      .mutation(async ({ ctx: { caller }, input }) => {
        const { verified, head, fault } = await audit.verify(caller, {
          after: input.after,
          entriesMax: stretchEntries,
        });
        return { verified, head, fault: fault ? { ...fault, message: describeFault(fault) } : null };
      }),
  });
}
