import { DomainError } from "@runweir/errors";
import type { Queryable, Statements } from "@runweir/postgres";
import {
  archivedStage,
  type Change,
  describeTarget,
  type MoveOutcome,
  type Target,
  type TargetMove,
  targetName,
} from "@runweir/registry-domain";
import { moveAliases } from "../history/move-aliases.ts";
import { moveStages } from "../history/move-stages.ts";
import { recordChange } from "../history/record-change.ts";

/** A move with what the database calls its model, and what its target points at. */
interface FoundMove {
  readonly move: TargetMove;
  readonly modelNo: number;
  readonly version: number | undefined;
}

export async function moveTargets(
  database: Statements,
  workspace: string,
  moves: readonly TargetMove[],
  change: Change,
): Promise<MoveOutcome> {
  refuseTwice(moves);
  return database.transaction(async (client) => {
    const models = await lockModels(client, workspace, moves);
    const gone = moves.find(({ model }) => !models.has(model));
    if (gone) return { outcome: "absent", model: gone.model };
    const found = await findTargets(client, models, moves);
    const others = found.filter(({ move, version }) => version !== move.from);
    if (others.length > 0)
      return { outcome: "conflict", found: others.map(({ move, version }) => ({ move, version })) };
    const absent = await findAbsent(client, found);
    if (absent) return { outcome: "absent", model: absent.model, version: absent.to };
    const changing = found.filter(({ move }) => move.from !== move.to || move.target.kind === "stage");
    if (changing.length > 0) await applyMoves(client, workspace, changing, change);
    return { outcome: "moved" };
  });
}

async function applyMoves(
  client: Queryable,
  workspace: string,
  found: readonly FoundMove[],
  change: Change,
): Promise<void> {
  const open = await recordChange(client, workspace, change);
  await moveAliases(
    client,
    open,
    found.flatMap(({ move: { target, to }, modelNo }) =>
      target.kind === "alias" ? [{ modelNo, target: target.alias, version: to ?? null }] : [],
    ),
  );
  const staged = found.flatMap(({ move, modelNo }) =>
    move.target.kind === "stage" ? [{ ...move, modelNo, stage: move.target.stage }] : [],
  );
  if (staged.length === 0) return;
  const { rows: leaving } = await client.query<{ model_no: number; version: number; retire_to: string }>(
    `SELECT v.model_no, v.version, w.retire_to
     FROM unnest($1::bigint[], $2::text[], $3::int[], $4::text[]) AS w (model_no, stage, version, retire_to)
     JOIN registry.model_version v ON v.model_no = w.model_no AND v.stage = w.stage AND v.deleted_time IS NULL
     WHERE v.version IS DISTINCT FROM w.version`,
    [
      staged.map((one) => one.modelNo),
      staged.map((one) => one.stage),
      staged.map((one) => one.to ?? null),
      staged.map((one) => one.retireTo ?? archivedStage),
    ],
  );
  await moveStages(client, open, [
    ...leaving.map((row) => ({ modelNo: row.model_no, version: row.version, stage: row.retire_to })),
    ...staged.flatMap(({ modelNo, to, stage }) =>
      to === undefined ? [] : [{ modelNo, version: to, stage }],
    ),
  ]);
  await client.query("UPDATE registry.model SET last_update_time = $2 WHERE model_no = ANY ($1::bigint[])", [
    staged.map((one) => one.modelNo),
    change.now,
  ]);
}

/** In one order everywhere, so that two that move the same models do not wait for each other. */
async function lockModels(
  client: Queryable,
  workspace: string,
  moves: readonly TargetMove[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ name: string; model_no: number }>(
    `SELECT name, model_no FROM registry.model
     WHERE workspace = $1 AND name = ANY ($2::text[]) AND deleted_time IS NULL ORDER BY model_no FOR NO KEY UPDATE`,
    [workspace, [...new Set(moves.map(({ model }) => model))]],
  );
  return new Map(rows.map((row) => [row.name, row.model_no]));
}

async function findTargets(
  client: Queryable,
  models: ReadonlyMap<string, number>,
  moves: readonly TargetMove[],
): Promise<readonly FoundMove[]> {
  const named = moves.map((move) => ({ move, modelNo: models.get(move.model) ?? 0 }));
  const { rows } = await client.query<{ place: number; version: number | null }>(
    `SELECT w.place::int, coalesce(a.version, s.version) AS version
     FROM unnest($1::bigint[], $2::text[], $3::text[]) WITH ORDINALITY AS w (model_no, alias, stage, place)
     LEFT JOIN registry.model_alias a ON a.model_no = w.model_no AND a.alias = w.alias
     LEFT JOIN LATERAL (
       SELECT v.version FROM registry.model_version v
       WHERE v.model_no = w.model_no AND v.stage = w.stage AND v.deleted_time IS NULL ORDER BY v.version DESC LIMIT 1
     ) s ON true`,
    [
      named.map((one) => one.modelNo),
      named.map(({ move: { target } }) => (target.kind === "alias" ? target.alias : null)),
      named.map(({ move: { target } }) => (target.kind === "stage" ? target.stage : null)),
    ],
  );
  const versions = new Map(rows.map((row) => [row.place, row.version ?? undefined]));
  return named.map((one, index) => ({ ...one, version: versions.get(index + 1) }));
}

/** The first move to a version that is not there. */
async function findAbsent(client: Queryable, found: readonly FoundMove[]): Promise<TargetMove | undefined> {
  const { rows } = await client.query<{ place: number }>(
    `SELECT w.place::int FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS w (model_no, version, place)
     WHERE w.version IS NOT NULL AND NOT EXISTS (
       SELECT FROM registry.model_version v
       WHERE v.model_no = w.model_no AND v.version = w.version AND v.deleted_time IS NULL
     ) ORDER BY w.place LIMIT 1`,
    [found.map((one) => one.modelNo), found.map(({ move }) => move.to ?? null)],
  );
  return rows[0] && found[rows[0].place - 1]?.move;
}

function refuseTwice(moves: readonly TargetMove[]): void {
  const seen = new Set<string>();
  for (const { model, target } of moves) {
    const key = JSON.stringify([model, keyOf(target)]);
    if (seen.has(key))
      throw new DomainError(
        "invalid_argument",
        `Parameter 'moves' names ${describeTarget(target)} of model '${model}' twice; each target may be moved once.`,
        { field: "moves" },
      );
    seen.add(key);
  }
}

function keyOf(target: Target): readonly string[] {
  return [target.kind, targetName(target)];
}
