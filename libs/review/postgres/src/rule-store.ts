import type { Statements } from "@runweir/postgres";
import type { CheckRun, CheckToken, PolicyRevision, ReviewStore } from "@runweir/review-domain";

type Methods = Pick<
  ReviewStore,
  | "putCheck"
  | "listChecks"
  | "findPolicies"
  | "listPolicies"
  | "insertPolicies"
  | "insertToken"
  | "listTokens"
  | "findToken"
  | "revokeToken"
>;

const policyColumns = `revision, document, author, time, request_id AS "requestId"`;
const tokenColumns = `token_id AS "tokenId", check_name AS "checkName", model, created_by AS "createdBy",
  creation_time AS "creationTime", revoked_time AS "revokedTime"`;
type PolicyRow = Omit<PolicyRevision, "requestId"> & { readonly requestId: number | null } & Record<
    string,
    unknown
  >;
type TokenRow = Omit<CheckToken, "revokedTime"> & { readonly revokedTime: number | null } & Record<
    string,
    unknown
  >;

export function ruleStore(database: Statements): Methods {
  return {
    async putCheck(requestId, run) {
      await database.query(
        `INSERT INTO review.check_run (request_id, name, run) VALUES ($1, $2, $3)
         ON CONFLICT (request_id, name) DO UPDATE SET run = EXCLUDED.run`,
        [requestId, run.name, JSON.stringify(run)],
      );
    },

    async listChecks(requestId) {
      const rows = await database.query<{ run: CheckRun }>(
        "SELECT run FROM review.check_run WHERE request_id = $1 ORDER BY name",
        [requestId],
      );
      return rows.map(({ run }) => ({
        ...run,
        // JSON leaves out what is undefined.
        conclusion: run.conclusion,
        title: run.title,
        detailsUrl: run.detailsUrl,
        startedTime: run.startedTime,
        completedTime: run.completedTime,
        runId: run.runId,
        inputDigest: run.inputDigest,
      }));
    },

    async findPolicies(workspace) {
      const [row] = await database.query<PolicyRow>(
        `SELECT ${policyColumns} FROM review.policy WHERE workspace = $1 ORDER BY revision DESC LIMIT 1`,
        [workspace],
      );
      return row && toPolicy(row);
    },

    async listPolicies(workspace, limit) {
      const rows = await database.query<PolicyRow>(
        `SELECT ${policyColumns} FROM review.policy WHERE workspace = $1 ORDER BY revision DESC LIMIT $2`,
        [workspace, limit],
      );
      return rows.map(toPolicy);
    },

    async insertPolicies(workspace, { revision, document, author, time, requestId }) {
      const rows = await database.query(
        `INSERT INTO review.policy (workspace, revision, document, author, time, request_id)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING revision`,
        [workspace, revision, document, JSON.stringify(author), time, requestId ?? null],
      );
      return rows.length > 0;
    },

    async insertToken(workspace, token, hash) {
      await database.query(
        `INSERT INTO review.check_token (token_id, workspace, token_hash, check_name, model, created_by, creation_time)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [
          token.tokenId,
          workspace,
          Buffer.from(hash),
          token.checkName,
          token.model,
          token.createdBy,
          token.creationTime,
        ],
      );
    },

    async listTokens(workspace) {
      const rows = await database.query<TokenRow>(
        `SELECT ${tokenColumns} FROM review.check_token WHERE workspace = $1 ORDER BY creation_time DESC, token_id LIMIT 500`,
        [workspace],
      );
      return rows.map(toToken);
    },

    async findToken(hash) {
      const [row] = await database.query<TokenRow & { workspace: string }>(
        `SELECT ${tokenColumns}, workspace FROM review.check_token WHERE token_hash = $1`,
        [Buffer.from(hash)],
      );
      return row && { ...toToken(row), workspace: row.workspace };
    },

    async revokeToken(workspace, tokenId, now) {
      const [row] = await database.query<TokenRow>(
        `UPDATE review.check_token SET revoked_time = coalesce(revoked_time, $3)
         WHERE workspace = $1 AND token_id = $2 RETURNING ${tokenColumns}`,
        [workspace, tokenId, now],
      );
      return row && toToken(row);
    },
  };
}

function toPolicy({ revision, document, author, time, requestId }: PolicyRow): PolicyRevision {
  return { revision, document, author, time, requestId: requestId ?? undefined };
}

function toToken({ tokenId, checkName, model, createdBy, creationTime, revokedTime }: TokenRow): CheckToken {
  return { tokenId, checkName, model, createdBy, creationTime, revokedTime: revokedTime ?? undefined };
}
