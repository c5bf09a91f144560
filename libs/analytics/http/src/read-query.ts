import type { SqlParameters, SqlQuery } from "@runweir/analytics-domain";
import { DomainError } from "@runweir/errors";
import { z } from "zod";

const question = {
  sql: z.string(),
  // What may be in them is the domain's to say.
  params: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).nullish(),
  snapshot: z.number().nullish(),
  tail: z.boolean().nullish(),
  limits: z
    .strictObject({ rows: z.number().nullish(), bytes: z.number().nullish(), seconds: z.number().nullish() })
    .nullish(),
};
const queryBody = z.strictObject({
  ...question,
  id: z.string().nullish(),
  history: z.boolean().nullish(),
});
const planBody = z.strictObject(question);

export type Question = Omit<SqlQuery, "format">;

/** The body of a statement to run. */
export function readQuery(body: unknown): Question {
  const { id, history, ...rest } = parse(queryBody, body);
  return {
    ...toQuestion(rest),
    ...(id == null ? {} : { id }),
    ...(history == null ? {} : { isRecorded: history }),
  };
}

/** The body of a statement to plan. */
export function readPlanQuery(body: unknown): Question {
  return toQuestion(parse(planBody, body));
}

function toQuestion({ sql, params, snapshot, tail, limits }: z.infer<typeof planBody>): Question {
  return {
    sql,
    ...(params == null ? {} : { params: params as SqlParameters }),
    ...(snapshot == null ? {} : { snapshot }),
    ...(tail == null ? {} : { tail }),
    ...(limits == null ? {} : { limits: givenOf(limits) }),
  };
}

function givenOf(limits: Readonly<Record<string, number | null | undefined>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(limits).flatMap(([name, value]) => (value == null ? [] : [[name, value]])),
  );
}

function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join(".") || "body";
  throw new DomainError("invalid_argument", `${field}: ${issue?.message ?? "cannot be read"}.`, { field });
}
