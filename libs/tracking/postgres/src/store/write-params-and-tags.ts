import { DomainError } from "@runweir/errors";
import type { Statements } from "@runweir/postgres";
import type { Param, Tag } from "@runweir/tracking-domain";

type Conflict = readonly [key: string, stored: string, given: string];

interface Outcome {
  readonly outcome: "W" | "N" | "D" | "C";
  readonly conflicts: readonly Conflict[] | null;
  readonly experiment_id: number | null;
}

/** Returns the run's experiment. Throws what `RunStore.writeParamsAndTags` promises, in MLflow's words. */
export async function writeParamsAndTags(
  database: Statements,
  workspace: string,
  runId: string,
  input: { readonly params: readonly Param[]; readonly tags: readonly Tag[]; readonly batch: boolean },
): Promise<string> {
  const { params, tags, batch } = input;
  const { outcome, conflicts, experiment_id } = await write(database, [
    workspace,
    runId,
    params.map((param) => param.key),
    params.map((param) => param.value),
    tags.map((tag) => tag.key),
    tags.map((tag) => tag.value),
  ]);
  switch (outcome) {
    case "W":
      return String(experiment_id);
    case "N":
      throw new DomainError("not_found", `Run with id=${runId} not found`, { field: "run_id" });
    case "D":
      throw new DomainError(
        "failed_precondition",
        `The run ${runId} must be in the 'active' state. Current state is deleted.`,
        { field: "run_id" },
      );
    case "C":
      throw paramChanged(runId, conflicts ?? [], batch);
  }
}

async function write(database: Statements, values: readonly unknown[]): Promise<Outcome> {
  try {
    const [row] = await database.query<Outcome>(
      `SELECT outcome, conflicts, out_experiment_id AS experiment_id
       FROM tracking.write_params_and_tags($1, $2, $3, $4, $5, $6)`,
      values,
      "tracking.write_params_and_tags",
    );
    if (!row) throw new Error("The function always answers.");
    return row;
  } catch (error) {
    // Raised where part of the params had to be taken back.
    if (error instanceof Error && "code" in error && error.code === "RW001")
      return { outcome: "C", conflicts: JSON.parse(error.message) as Conflict[], experiment_id: null };
    throw error;
  }
}

function paramChanged(runId: string, conflicts: readonly Conflict[], batch: boolean): DomainError {
  const [first] = conflicts;
  const message =
    batch || !first
      ? `Changing param values is not allowed. Params were already logged='[${conflicts
          .map(
            ([key, stored, given]) =>
              `{'key': ${quote(key)}, 'old_value': ${quote(stored)}, 'new_value': ${quote(given)}}`,
          )
          .join(", ")}]' for run ID='${runId}'.`
      : `Changing param values is not allowed. Param with key='${first[0]}' was already logged with ` +
        `value='${first[1]}' for run ID='${runId}'. Attempted logging new value '${first[2]}'.`;
  return new DomainError("invalid_argument", message, { field: batch ? "params" : "value" });
}

/** Quoted as Python quotes a string, which is what clients print and tests match. */
function quote(text: string): string {
  return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`;
}
