import type { ObjectFilter } from "@runweir/identity-domain";
import { printVisible, type Statements, StatementValues } from "@runweir/postgres";

/** The numbers of the experiments that a filter lets through, deleted ones too, ascending. */
export async function findExperimentNumbers(
  database: Pick<Statements, "query">,
  workspace: string,
  filter: ObjectFilter,
): Promise<readonly number[]> {
  const values = new StatementValues();
  const rows = await database.query<{ experiment_id: number }>(
    `SELECT e.experiment_id FROM tracking.experiment e
     WHERE e.workspace = ${values.add(workspace)}
       AND ${printVisible(filter, { id: "e.experiment_id", name: "e.name" }, values)}
     ORDER BY e.experiment_id`,
    values.list,
  );
  return rows.map((row) => Number(row.experiment_id));
}
