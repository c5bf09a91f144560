import { type Statements, StatementValues } from "@runweir/postgres";
import { type HistoryEntry, type HistoryStore, type Target, targetName } from "@runweir/registry-domain";
import { cutPage, type OrderTerm, parseToken, printAfter, printOrder, printOrderColumns } from "@runweir/sql";

const changed = "c.actor_id, c.actor_name, c.reason, c.request_id";

interface ChangedRow {
  readonly valid_from: number;
  readonly valid_to: number | null;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly reason: string | null;
  readonly request_id: string | null;
}

interface EntryRow extends ChangedRow {
  readonly kind: "alias" | "stage";
  readonly alias: string | null;
  readonly version: number | null;
  readonly previous_version: number | null;
  readonly stage: string | null;
  readonly previous_stage: string | null;
}

const terms: readonly OrderTerm[] = [
  { name: "change", expression: "h.change_no", type: "bigint", ascending: false, nullable: false },
  { name: "kind", expression: "h.kind", type: "text", ascending: true, nullable: false },
  { name: "alias", expression: "h.place", type: "text", ascending: true, nullable: false },
];

const aliasRows = `SELECT change_no, kind, target AS place, target AS alias, version, previous_version,
    NULL AS stage, NULL AS previous_stage, valid_from, valid_to
  FROM registry.target_history WHERE kind = 'alias' AND`;
const stageRows = `SELECT change_no, 'stage' AS kind, lpad(version::text, 10, '0') COLLATE "C" AS place, NULL AS alias,
    version, NULL::int AS previous_version, stage, previous_stage, valid_from, valid_to
  FROM registry.stage_history WHERE`;

export function historyStore(database: Statements): HistoryStore {
  return {
    async readHistory(workspace, name, { target, version, limit, pageToken }) {
      const [model] = await database.query<{ model_no: number }>(
        "SELECT model_no FROM registry.model WHERE workspace = $1 AND name = $2 AND deleted_time IS NULL",
        [workspace, name],
      );
      if (!model) return undefined;
      const values = new StatementValues();
      const after = pageToken ? parseToken(terms, pageToken) : undefined;
      // The first of these lets the index find the place, the second one is exact.
      const since = after ? `AND change_no <= ${values.add(after[0])}::bigint` : "";
      const beyond = after ? `WHERE ${printAfter(terms, after, values)}` : "";
      const sources = selectRows({ modelNo: model.model_no, target, version }, values);
      const rows = await database.query<EntryRow>(
        `SELECT h.*, ${changed}, ${printOrderColumns(terms)}
         FROM (${sources.map((one) => `${one} ${since}`).join(" UNION ALL ")}) h JOIN registry.change c USING (change_no)
         ${beyond} ORDER BY ${printOrder(terms)} LIMIT ${values.add(limit + 1)}`,
        values.list,
      );
      const page = cutPage(terms, rows, limit);
      return { ...page, items: page.items.map(toEntry) };
    },

    async findTargetAt(workspace, name, target, time) {
      const [row] = await database.query<ChangedRow & { version: number | null }>(
        `SELECT h.valid_from, h.valid_to, h.version, ${changed}
         FROM registry.model m JOIN registry.target_history h USING (model_no) JOIN registry.change c USING (change_no)
         WHERE m.workspace = $1 AND m.name = $2 AND m.deleted_time IS NULL
           AND h.kind = $3 AND h.target = $4 AND h.valid_from <= $5
         ORDER BY h.valid_from DESC LIMIT 1`,
        [workspace, name, target.kind, targetName(target), time],
      );
      return row && { version: row.version ?? undefined, ...toMoved(row) };
    },
  };
}

function selectRows(
  of: { readonly modelNo: number; readonly target: Target | undefined; readonly version: number | undefined },
  values: StatementValues,
): readonly string[] {
  const { target, version } = of;
  const model = `model_no = ${values.add(of.modelNo)}::bigint`;
  const number = version === undefined ? undefined : `${values.add(version)}::bigint`;
  const ofAlias = number === undefined ? "" : `AND (version = ${number} OR previous_version = ${number})`;
  const ofStage = number === undefined ? "" : `AND version = ${number}`;
  if (target?.kind === "alias")
    return [`${aliasRows} ${model} AND target = ${values.add(target.alias)} ${ofAlias}`];
  if (target?.kind === "stage") {
    const stage = values.add(target.stage);
    return [`${stageRows} ${model} AND (stage = ${stage} OR previous_stage = ${stage}) ${ofStage}`];
  }
  return [`${aliasRows} ${model} ${ofAlias}`, `${stageRows} ${model} ${ofStage}`];
}

function toEntry(row: EntryRow): HistoryEntry {
  const moved = toMoved(row);
  return row.kind === "alias"
    ? {
        kind: "alias",
        alias: row.alias ?? "",
        version: row.version ?? undefined,
        previousVersion: row.previous_version ?? undefined,
        ...moved,
      }
    : {
        kind: "stage",
        version: row.version ?? 0,
        stage: row.stage ?? undefined,
        previousStage: row.previous_stage ?? undefined,
        ...moved,
      };
}

function toMoved(row: ChangedRow) {
  return {
    validFrom: row.valid_from,
    validTo: row.valid_to ?? undefined,
    actor: { id: row.actor_id, name: row.actor_name },
    reason: row.reason ?? undefined,
    requestId: row.request_id ?? undefined,
  };
}
