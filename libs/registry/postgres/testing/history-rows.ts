import type { Database } from "@runweir/postgres";

export interface HistoryRow {
  readonly valid_from: number;
  readonly valid_to: number | null;
  readonly value: number | string | null;
  readonly previous: number | string | null;
  readonly actor_name: string;
  readonly reason: string | null;
  readonly request_id: string | null;
}

const ofChange = "c.actor_name, c.reason, c.request_id FROM";

/** What the tables say an alias or a stage of a model pointed at, oldest first. */
export function targetRows(database: Database, model: string, kind: "alias" | "stage", target: string) {
  return database.query<HistoryRow & { value: number | null }>(
    `SELECT h.valid_from, h.valid_to, h.version AS value, h.previous_version AS previous, ${ofChange}
     registry.target_history h JOIN registry.change c USING (change_no) JOIN registry.model m USING (model_no)
     WHERE m.name = $1 AND h.kind = $2 AND h.target = $3 ORDER BY h.valid_from`,
    [model, kind, target],
  );
}

/** The same of the stage of a version. */
export function stageRows(database: Database, model: string, version: number) {
  return database.query<HistoryRow & { value: string | null }>(
    `SELECT h.valid_from, h.valid_to, h.stage AS value, h.previous_stage AS previous, ${ofChange}
     registry.stage_history h JOIN registry.change c USING (change_no) JOIN registry.model m USING (model_no)
     WHERE m.name = $1 AND h.version = $2 ORDER BY h.valid_from`,
    [model, version],
  );
}

/** The places where rows, oldest first, do not follow one another; and whether the last one still holds. */
export function brokenPlaces(rows: readonly HistoryRow[]): readonly string[] {
  return rows.flatMap((row, index) => {
    const next = rows[index + 1];
    if (!next) return row.valid_to === null ? [] : ["the last one has ended"];
    if (row.valid_to !== next.valid_from) return [`${row.valid_to} is not ${next.valid_from}`];
    return row.value === next.previous ? [] : [`${next.previous} was not there before ${next.valid_from}`];
  });
}
