import { DomainError } from "@runweir/errors";
import { z } from "zod";

const series = z.tuple([z.number().int(), z.string(), z.number().int()]);

/** One file of points: all series between two of them, in the order of the table. */
const part = z.object({ from: series, to: series, rows: z.number().int().positive() });

const plan = z.object({
  format: z.literal(1),
  workspace: z.string(),
  snapshot: z.number().int().positive(),
  asOf: z.string(),
  experiments: z.union([z.literal("all"), z.array(z.number().int())]),
  encoding: z.enum(["v1", "v2"]),
  artifacts: z.boolean(),
  /** Runs deleted since the snapshot was made: left out of every file. */
  hidden: z.array(z.number().int()),
  parts: z.array(part),
});

export type PlannedPart = z.infer<typeof part>;
/** What an export is of, settled before its first file, so that one that was interrupted goes on as it began. */
export type ExportPlan = z.infer<typeof plan>;
export type ExportChoice = Pick<ExportPlan, "workspace" | "experiments" | "encoding" | "artifacts">;

export function parsePlan(text: string): ExportPlan | undefined {
  try {
    return plan.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Throws unless an export that was begun is the one that is asked for now. */
export function requireSameChoice(begun: ExportChoice, asked: ExportChoice): void {
  if (describeChoice(begun) === describeChoice(asked)) return;
  throw new DomainError(
    "failed_precondition",
    `The folder holds an export that was begun with ${describeChoice(begun)}; now it is ${describeChoice(asked)}. Repeat it as it was, or choose another folder.`,
    { reason: "other_export" },
  );
}

function describeChoice({ experiments, encoding, artifacts }: ExportChoice): string {
  const what =
    experiments === "all" ? "everything" : `experiments ${[...experiments].sort((a, b) => a - b).join(", ")}`;
  return `${what}, encoding ${encoding}, ${artifacts ? "with" : "without"} artifacts`;
}
