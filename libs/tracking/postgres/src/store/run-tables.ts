import { type Statements, StatementValues } from "@runweir/postgres";
import type { RunStore } from "@runweir/tracking-domain";
import { printRunCondition, printRunValue } from "../search/run-search.ts";

interface TableRow {
  readonly total: number;
  readonly run_id: string;
  readonly run_name: string;
  readonly [column: `value_${number}`]: number | string | null;
}

export function runTables(database: Statements): Pick<RunStore, "readRunTable"> {
  return {
    async readRunTable(workspace, { experimentIds, where, columns, limit }) {
      const values = new StatementValues();
      const condition = printRunCondition(
        { workspace, experimentIds, viewType: "ACTIVE_ONLY", where },
        values,
      );
      const cells = columns.map((column, i) => `, ${printRunValue(column, values)} AS value_${i}`);
      // The runs are chosen first; values are looked up of those in the table alone.
      const rows = await database.query<TableRow>(
        `WITH r AS MATERIALIZED (
           SELECT r.*, count(*) OVER () AS total FROM tracking.run r WHERE ${condition}
           ORDER BY r.start_time DESC, r.run_id LIMIT ${values.add(limit)}
         )
         SELECT r.total, r.run_id, r.run_name ${cells.join("")} FROM r ORDER BY r.start_time DESC, r.run_id`,
        values.list,
      );
      return {
        total: rows[0]?.total ?? 0,
        runIds: rows.map((row) => row.run_id),
        runNames: rows.map((row) => row.run_name),
        columns: columns.map((_, i) => rows.map((row) => row[`value_${i}`] ?? null)),
      };
    },
  };
}
