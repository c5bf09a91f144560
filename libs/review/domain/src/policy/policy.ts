import { workspaceRoles } from "@runweir/identity-domain";
import { z } from "zod";

const name = z.string().min(1).max(200);
const pattern = z.string().min(1).max(500);
const count = z.int().min(0).max(20);
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "expected a time like 16:00");
const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

const groupSchema = z.union([
  name.transform((group) => ({ group, count: 1 })),
  z.strictObject({ group: name, count: z.int().min(1).max(20).default(1) }),
]);

const approvalsSchema = z.strictObject({
  count: count.default(1),
  /** So many of each of them, within or beyond `count`. */
  groups: z.array(groupSchema).max(20).default([]),
  /** So many with at least that role in the workspace. */
  roles: z.partialRecord(z.enum(workspaceRoles), z.int().min(1).max(20)).default({}),
});

const freezeSchema = z.union([
  z.strictObject({
    name: name.optional(),
    days: z.array(z.enum(days)).min(1).max(7),
    from: timeOfDay.default("00:00"),
    /** On the same day when it is later than `from`, else on the next one. */
    to: timeOfDay.default("00:00"),
    timezone: z.string().default("UTC").refine(isTimezone, "expected a time zone like Europe/Berlin"),
  }),
  z.strictObject({
    name: name.optional(),
    start: z.iso.datetime({ offset: true }),
    end: z.iso.datetime({ offset: true }),
  }),
]);

const breakGlassSchema = z.strictObject({
  roles: z.array(z.enum(workspaceRoles)).max(5).default([]),
  groups: z.array(name).max(20).default([]),
});

export const policySchema = z.strictObject({
  name,
  /** `*` stands for any text. */
  model: pattern.default("*"),
  /** Aliases with `@`, stages without: `@champion`, `Production`, `@prod-*`. */
  targets: z.array(pattern).min(1).max(50),
  approvals: approvalsSchema.default(() => approvalsSchema.parse({})),
  /** Names of checks that have to pass: built-in ones, and what others post. */
  checks: z.array(name).max(50).default([]),
  metrics: z
    .strictObject({
      gates: z.array(z.string().min(1).max(2_000)).max(50).default([]),
      directions: z.record(z.string(), z.enum(["up", "down"])).default({}),
    })
    .default({ gates: [], directions: {} }),
  signature: z
    .strictObject({ allow: z.enum(["identical", "compatible", "breaking"]).default("compatible") })
    .default({ allow: "compatible" }),
  artifact_safety: z.strictObject({ allow: z.array(pattern).max(200).default([]) }).default({ allow: [] }),
  card: z.strictObject({ sections: z.array(name).max(50).default([]) }).default({ sections: [] }),
  dismiss_stale: z.boolean().default(true),
  no_self_approval: z.boolean().default(true),
  require_resolved_threads: z.boolean().default(false),
  require_current_base: z.boolean().default(true),
  max_batch: z.int().min(1).max(1_000).default(20),
  /** The others have their places in the states of a request, and are not served yet. */
  strategy: z.literal("immediate").default("immediate"),
  /** What happens to who moves the target without a request. */
  direct_moves: z.enum(["deny", "open_request", "allow"]).default("deny"),
  freeze_windows: z.array(freezeSchema).max(50).default([]),
  break_glass: breakGlassSchema.optional(),
  /** How long after it was applied a request can be taken back without approvals. */
  revert_hours: z
    .number()
    .min(0)
    .max(24 * 365)
    .default(24),
  /** Versions that leave a stage are archived. */
  archive_previous: z.boolean().default(false),
});
export type Policy = z.infer<typeof policySchema>;
export type FreezeWindow = z.infer<typeof freezeSchema>;

export const ownerSchema = z.strictObject({
  group: name,
  /** All that is said has to be so. */
  model: pattern.optional(),
  flavor: pattern.optional(),
  tag: z.strictObject({ key: name, value: pattern.default("*") }).optional(),
  /** A section of the diff that changed. */
  section: z
    .enum(["metrics", "params", "signature", "data", "environment", "code", "artifacts", "card"])
    .optional(),
  signature: z.enum(["identical", "compatible", "breaking"]).optional(),
});

export const policyDocumentSchema = z.strictObject({
  policies: z.array(policySchema).max(200).default([]),
  owners: z.array(ownerSchema).max(500).default([]),
  /** Who has to approve another revision of this document. */
  changes: z
    .strictObject({
      approvals: approvalsSchema.default(() => approvalsSchema.parse({})),
      no_self_approval: z.boolean().default(true),
    })
    .optional(),
});
export type PolicyDocument = z.infer<typeof policyDocumentSchema>;

export const emptyDocument: PolicyDocument = { policies: [], owners: [] };

/** What a target falls under that no policy names: nothing has to be, and everybody may go on moving it. */
export const openPolicy: Policy = policySchema.parse({
  name: "none",
  targets: ["*"],
  approvals: { count: 0 },
  no_self_approval: false,
  direct_moves: "allow",
});

function isTimezone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
