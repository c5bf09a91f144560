import { type Statements, translateFailures } from "@runweir/postgres";
import type { RequestOwners } from "@runweir/review-domain";

/** What the guard asks before anything else: of which model a request is. */
export function createRequestOwners(options: { readonly database: Statements }): RequestOwners {
  const database = translateFailures(options.database);
  return {
    async modelOfRequest(workspace, requestId) {
      const [row] = await database.query<{ model: string | null }>(
        "SELECT model FROM review.request WHERE workspace = $1 AND request_id = $2::bigint",
        [workspace, requestId],
      );
      return row && (row.model ?? "policies");
    },

    async requestOfComment(workspace, commentId) {
      const [row] = await database.query<{ request_id: number }>(
        `SELECT c.request_id FROM review.comment c JOIN review.request r USING (request_id)
         WHERE r.workspace = $1 AND c.comment_id = $2::bigint`,
        [workspace, commentId],
      );
      return row?.request_id;
    },
  };
}
