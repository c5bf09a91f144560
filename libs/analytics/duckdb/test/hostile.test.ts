import { StatementError } from "@runweir/analytics-domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type HostileStatement, hostileStatements } from "./hostile-statements.ts";
import { openQueryBench, type QueryBench } from "./query-bench.ts";

let bench: QueryBench;
beforeAll(async () => {
  bench = await openQueryBench();
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
async function attempt({
  sql,
  refused,
}: HostileStatement): Promise<{ readonly outcome: unknown; readonly told: string }> {
  try {
    const { body, columns } = await bench.ask({
      sql: sql.replaceAll("SNAPSHOT", bench.folder),
      owner: "hostile",
      experiments: [0, 9],
      limits: { rows: 1_000, bytes: 1_000_000, seconds: secondsFor(refused ?? []) },
    });
    const text = body.toString("utf8");
    return { outcome: (JSON.parse(text) as { rows: unknown }).rows, told: text + JSON.stringify(columns) };
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
  const own = sql.replaceAll("SNAPSHOT", bench.folder);
  const leaks = [/secret-[1-8]\d\d/, /root:/, new RegExp(bench.folder), /spill|worker-/].filter(
    (pattern) => pattern.test(told) && !pattern.test(own),
  );
  if (right && leaks.length === 0) return undefined;
  return { sql: sql.slice(0, 150), expected: refused ?? rows, outcome, told: told.slice(0, 300), leaks };
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
