import { type EngineRequest, StatementError } from "@runweir/analytics-domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type HostileStatement, hostileStatements } from "./hostile-statements.ts";
import { openQueryBench, type QueryBench } from "./query-bench.ts";

let bench: QueryBench;
beforeAll(async () => {
  bench = await openQueryBench({
    views: [
      { name: "runs_latest", sql: () => "SELECT r.*, p.value FROM runs r JOIN params p USING (run_no)" },
      // Over a table that a restricted caller does not see: they do not see this either.
      { name: "models_latest", sql: () => "SELECT * FROM models" },
    ],
  });
});
afterAll(() => bench.close());

const seed = 20_261_126;

/** Every statement once, in an order that hangs together with nothing; the same one each time. */
function shuffle<Item>(items: readonly Item[]): readonly Item[] {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return items
    .map((item) => ({ item, place: next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** Little time for what is to run out of it, enough on a busy machine for everything else. */
function secondsFor(refused: readonly string[]): number {
  if (!refused.includes("time_limit")) return 60;
  return refused.length === 1 ? 0.3 : 1;
}

/** What came of it, in the words of the list; and all that was told, to look for what must not be. */
async function attempt(
  { sql, refused }: HostileStatement,
  asked: Pick<EngineRequest, "format" | "experiments"> = { format: "json", experiments: [0, 9] },
): Promise<{ readonly outcome: unknown; readonly told: string }> {
  try {
    const { body, columns } = await bench.ask({
      sql: sql.replaceAll("SNAPSHOT", bench.folder),
      owner: "hostile",
      ...asked,
      limits: { rows: 1_000, bytes: 1_000_000, seconds: secondsFor(refused ?? []) },
    });
    const text = body.toString("utf8");
    const outcome = asked.format === "plan" ? "planned" : (JSON.parse(text) as { rows: unknown }).rows;
    return { outcome, told: text + JSON.stringify(columns) };
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    return { outcome: error.reason, told: error.message };
  }
}

/** What is wrong with it: another outcome than the list's, or words that are none of this caller's business. */
function judge(
  { sql, refused, rows }: HostileStatement,
  { outcome, told }: Awaited<ReturnType<typeof attempt>>,
) {
  const right = refused
    ? refused.includes(String(outcome))
    : JSON.stringify(outcome) === JSON.stringify(rows);
  const leaks = leaksOf(sql, told);
  if (right && leaks.length === 0) return undefined;
  return { sql: sql.slice(0, 150), expected: refused ?? rows, outcome, told: told.slice(0, 300), leaks };
}

function leaksOf(sql: string, told: string): readonly RegExp[] {
  const own = sql.replaceAll("SNAPSHOT", bench.folder);
  return [/secret-[1-8]\d\d/, /root:/, new RegExp(bench.folder), /spill|worker-/].filter(
    (pattern) => pattern.test(told) && !pattern.test(own),
  );
}

test("no statement of the list does harm, in shuffled order, while good ones go on and stay right", async () => {
  expect(hostileStatements.length).toBeGreaterThan(200);
  const good = {
    sql: "SELECT count(*), sum(run_no) FROM runs WHERE status = $1",
    params: ["FAILED"],
    owner: "good",
  };
  const wrong: unknown[] = [];
  for (const statement of shuffle(hostileStatements)) {
    const attempted = attempt(statement);
    expect(await bench.rows(good)).toEqual([[143, 71_071]]);
    const found = judge(statement, await attempted);
    if (found !== undefined) wrong.push(found);
  }
  expect(wrong).toEqual([]);
}, 400_000);

/** What is refused before anything is run, and so before anything is planned. */
const refusedByGate = new Set([
  "function_not_allowed",
  "one_statement",
  "select_only",
  "not_allowed",
  "table_not_found",
  "syntax",
]);

test("a plan is refused where the statement is, and tells of no file", async () => {
  const wrong: unknown[] = [];
  for (const statement of shuffle(hostileStatements)) {
    const { outcome, told } = await attempt(statement, { format: "plan", experiments: "all" });
    // Whoever sees all experiments sees registered models too.
    const refused = /\bmodels(_latest)?\b/.test(statement.sql) ? [] : (statement.refused ?? []);
    const right =
      refused.length === 0 ||
      !refused.every((reason) => refusedByGate.has(reason)) ||
      refused.includes(String(outcome));
    const leaks = leaksOf(statement.sql, told);
    if (!right || leaks.length > 0)
      wrong.push({ sql: statement.sql.slice(0, 150), refused, outcome, told: told.slice(0, 300), leaks });
    const restricted = await attempt(statement, { format: "plan", experiments: [0, 9] });
    if (restricted.outcome === "planned")
      wrong.push({ sql: statement.sql.slice(0, 150), planned: "for a restricted caller" });
  }
  expect(wrong).toEqual([]);
}, 400_000);
