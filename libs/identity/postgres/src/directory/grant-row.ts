import type { Grant, GrantHolder, GrantTarget, StoredGrant } from "@runweir/identity-domain";

export interface GrantRow {
  readonly grantId: string;
  readonly workspace: string;
  readonly effect: Grant["effect"];
  readonly level: Grant["level"];
  readonly targetKind: GrantTarget["on"];
  readonly experimentId: string | null;
  readonly pattern: string | null;
  readonly holderKind: GrantHolder["kind"];
  readonly holderId: string;
  readonly holderName: string | null;
  readonly isOwn: boolean;
  readonly createdBy: string;
  readonly creationTime: number;
}

export const grantColumns = `g.grant_id AS "grantId", g.workspace, g.effect, g.level, g.target_kind AS "targetKind",
  g.experiment_id AS "experimentId", g.pattern, g.holder_kind AS "holderKind", g.holder_id AS "holderId",
  h.name AS "holderName", g.is_own AS "isOwn", g.created_by AS "createdBy", g.creation_time AS "creationTime"`;

export function toStoredGrant(row: GrantRow): StoredGrant {
  const { grantId, workspace, effect, level, isOwn, createdBy, creationTime } = row;
  const target: GrantTarget =
    row.targetKind === "experiment" && row.experimentId !== null
      ? { on: "experiment", experimentId: row.experimentId }
      : { on: row.targetKind, pattern: row.pattern ?? "" };
  const holder: GrantHolder =
    row.holderKind === "everyone"
      ? { kind: "everyone" }
      : { kind: row.holderKind, id: row.holderId, name: row.holderName ?? row.holderId };
  return { grantId, workspace, effect, level, target, holder, isOwn, createdBy, creationTime };
}
