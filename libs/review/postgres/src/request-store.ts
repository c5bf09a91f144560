import type { ObjectFilter } from "@runweir/identity-domain";
import { printVisible, type Statements, StatementValues } from "@runweir/postgres";
import type { RequestFilter, RequestState, Reviewer, ReviewStore } from "@runweir/review-domain";
import { printVersion, type RequestRow, requestColumns, subjectValues, toRequest } from "./request-rows.ts";

type Methods = Pick<
  ReviewStore,
  | "insertRequest"
  | "findRequest"
  | "lockRequest"
  | "saveRequest"
  | "renameModel"
  | "listRequests"
  | "countStates"
>;

export function requestStore(database: Statements): Methods {
  async function read(workspace: string, requestId: number, lock: string) {
    const [row] = await database.query<RequestRow>(
      `SELECT ${requestColumns} FROM review.request r WHERE r.workspace = $1 AND r.request_id = $2::bigint ${lock}`,
      [workspace, requestId],
    );
    return row && toRequest(row);
  }

  async function setReviewers(requestId: number, reviewers: readonly Reviewer[]): Promise<void> {
    await database.query(
      `INSERT INTO review.reviewer (request_id, place, kind, id, name)
       SELECT $1, w.place, w.kind, w.id, w.name
       FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS w (kind, id, name, place)`,
      [
        requestId,
        reviewers.map(({ kind }) => kind),
        reviewers.map(({ id }) => id),
        reviewers.map(({ name }) => name),
      ],
    );
  }

  return {
    async insertRequest(workspace, request) {
      const { author } = request;
      const [row] = await database.query<{ request_id: number }>(
        `INSERT INTO review.request (workspace, model, moves, document, base_revision, title, body, author_kind, author_id,
           author_name, candidate_by, state, head_digest, policy_name, policy_revision, owners, revert_of,
           preapproved_until, creation_time, last_update_time)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19)
         RETURNING request_id`,
        [
          workspace,
          ...subjectValues(request.subject),
          request.title,
          request.body,
          author.kind,
          author.id,
          author.name,
          JSON.stringify(request.candidateBy),
          request.state,
          request.headDigest,
          request.policy.name,
          request.policy.revision,
          JSON.stringify(request.owners),
          request.revertOf ?? null,
          request.preapprovedUntil ?? null,
          request.creationTime,
        ],
      );
      const requestId = row?.request_id ?? 0;
      await setReviewers(requestId, request.reviewers);
      return { ...request, requestId };
    },

    findRequest: (workspace, requestId) => read(workspace, requestId, ""),
    lockRequest: (workspace, requestId) => read(workspace, requestId, "FOR NO KEY UPDATE OF r"),

    async saveRequest(workspace, request) {
      await database.query(
        `UPDATE review.request SET model = $3, moves = $4, document = $5, base_revision = $6, title = $7, body = $8,
           candidate_by = $9, state = $10, head_digest = $11, policy_name = $12, policy_revision = $13, owners = $14,
           last_update_time = $15, end_time = $16, applied_by = $17, preapproved_until = $18
         WHERE workspace = $1 AND request_id = $2`,
        [
          workspace,
          request.requestId,
          ...subjectValues(request.subject),
          request.title,
          request.body,
          JSON.stringify(request.candidateBy),
          request.state,
          request.headDigest,
          request.policy.name,
          request.policy.revision,
          JSON.stringify(request.owners),
          request.lastUpdateTime,
          request.endTime ?? null,
          request.appliedBy === undefined ? null : JSON.stringify(request.appliedBy),
          request.preapprovedUntil ?? null,
        ],
      );
      await database.query("DELETE FROM review.reviewer WHERE request_id = $1", [request.requestId]);
      await setReviewers(request.requestId, request.reviewers);
    },

    async renameModel(workspace, name, newName) {
      await database.query("UPDATE review.request SET model = $3 WHERE workspace = $1 AND model = $2", [
        workspace,
        name,
        newName,
      ]);
    },

    async listRequests(workspace, { limit, before, visible, ...filter }) {
      const values = new StatementValues();
      const conditions = printFilter(workspace, filter, visible, values);
      if (before !== undefined) conditions.push(`r.request_id < ${values.add(before)}::bigint`);
      const rows = await database.query<RequestRow>(
        `SELECT ${requestColumns} FROM review.request r WHERE ${conditions.join(" AND ")}
         ORDER BY r.request_id DESC LIMIT ${values.add(limit + 1)}`,
        values.list,
      );
      const items = rows.slice(0, limit).map(toRequest);
      return { items, before: rows.length > limit ? items.at(-1)?.requestId : undefined };
    },

    async countStates(workspace, { visible, ...filter }) {
      const values = new StatementValues();
      const conditions = printFilter(workspace, filter, visible, values);
      const rows = await database.query<{ state: RequestState; count: number }>(
        `SELECT r.state, count(*) AS count FROM review.request r WHERE ${conditions.join(" AND ")} GROUP BY r.state`,
        values.list,
      );
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    },
  };
}

function printFilter(
  workspace: string,
  filter: RequestFilter,
  visible: ObjectFilter,
  values: StatementValues,
): string[] {
  const { states, model, version, target, author, reviewers, text } = filter;
  const conditions = [`r.workspace = ${values.add(workspace)}`, printSeen(visible, values)];
  if (states !== undefined) conditions.push(`r.state = ANY (${values.add(states)}::text[])`);
  if (model !== undefined) conditions.push(`r.model = ${values.add(model)}`);
  if (version !== undefined) conditions.push(printVersion(version, values));
  if (target !== undefined) {
    const text = JSON.stringify([{ target }]);
    conditions.push(`r.moves @> ${values.add(text)}::jsonb`);
  }
  if (author !== undefined)
    conditions.push(`r.author_kind = ${values.add(author.kind)} AND r.author_id = ${values.add(author.id)}`);
  if (reviewers !== undefined)
    conditions.push(
      `EXISTS (SELECT FROM review.reviewer w
         JOIN unnest(${values.add(reviewers.map(({ kind }) => kind))}::text[], ${values.add(reviewers.map(({ id }) => id))}::text[])
           AS asked (kind, id) ON asked.kind = w.kind AND asked.id = w.id
         WHERE w.request_id = r.request_id)`,
    );
  if (text !== undefined && text !== "") {
    const place = values.add(text);
    conditions.push(
      `(strpos(lower(r.title), lower(${place})) > 0 OR strpos(lower(r.model), lower(${place})) > 0)`,
    );
  }
  return conditions;
}

/** Requests about policies are everybody's of the workspace. */
export function printSeen(visible: ObjectFilter, values: StatementValues): string {
  if (visible === "all") return "true";
  return `(r.model IS NULL OR ${printVisible(visible, { name: "r.model" }, values)})`;
}
