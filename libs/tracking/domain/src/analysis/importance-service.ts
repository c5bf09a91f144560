import { createHash } from "node:crypto";
import { DomainError } from "@runweir/errors";
import type { KeyCatalog } from "../tracking.ts";
import { correlate } from "./forest/correlate.ts";
import { type EncodedParam, encodeParam } from "./forest/encode-param.ts";
import type { Forest, ForestRequest } from "./forest/grow-forest.ts";
import type { Importance, ParamImportance } from "./importance.ts";
import { requireCount } from "./require-count.ts";
import type { RunAnalyses } from "./run-analyses.ts";
import type { RunTable } from "./run-table.ts";

const trees = 100;
const runsMax = 50_000;
/** Fewer say nothing, whatever a forest makes of them. */
const runsMin = 10;
const paramsMax = 100;
/** What is asked of the table; what does not differ is dropped from these. */
const columnsMax = 199;
const rememberedMax = 50;

export interface ImportanceDependencies {
  /** Grows a forest where it keeps nobody else waiting. */
  readonly growForest: (request: ForestRequest) => Promise<Forest>;
  /** Gives others on this thread their turn, between two columns of up to 50,000 values. */
  readonly breathe: () => Promise<void>;
  readonly listKeys: (workspace: string, experimentIds: readonly string[]) => Promise<KeyCatalog>;
}

type Column = RunTable["columns"][number];

export function importanceService(
  { growForest, breathe, listKeys }: ImportanceDependencies,
  getRunTable: RunAnalyses["getRunTable"],
): Pick<RunAnalyses, "getImportance"> {
  const remembered = new Map<string, Promise<Forest>>();
  return {
    async getImportance(caller, { target, params, ...runs }) {
      if (params !== undefined) requireCount("params", params.length, 1, paramsMax);
      const keys =
        params ?? (await listKeys(caller.workspace, runs.experimentIds)).params.map(({ key }) => key);
      const asked = [...new Set(keys)].slice(0, columnsMax);
      const table = await getRunTable(caller, {
        ...runs,
        columns: [
          { entity: "metric", ...target },
          ...asked.map((key) => ({ entity: "param" as const, key })),
        ],
        limit: runsMax,
      });
      if (table.total > table.runIds.length)
        throw new DomainError(
          "invalid_argument",
          `filter finds ${table.total} runs; at most ${runsMax} are explained at once.`,
          { field: "filter" },
        );
      return explain(table, asked, keys.length - asked.length);
    },
  };

  async function explain(table: RunTable, keys: readonly string[], notAsked: number): Promise<Importance> {
    const [values = [], ...columns] = table.columns;
    const places = values.flatMap((value, row) => (Number.isFinite(value) ? [row] : []));
    const target = Float64Array.from(places, (row) => values[row] as number);
    const pick = (column: Column) => places.map((row) => column[row] as string | null);
    const params: { readonly key: string; readonly param: EncodedParam }[] = [];
    const left: Importance["paramsLeftOut"][number][] = [];
    for (const [i, key] of keys.entries()) {
      await breathe();
      const param = encodeParam(pick(columns[i] ?? []));
      if (typeof param === "string") left.push({ key, reason: param });
      else if (params.length === paramsMax) left.push({ key, reason: "too-many-params" });
      else params.push({ key, param });
    }
    const isEnough = places.length >= runsMin && params.length > 0;
    const forest = isEnough
      ? await remember({
          rows: places.length,
          bins: params.map(({ param }) => param.bins),
          target,
          trees,
          seed: 1,
        })
      : undefined;
    return {
      runs: places.length,
      runsLeftOut: values.length - places.length,
      trees: forest ? trees : 0,
      outOfBag: forest?.outOfBag ?? null,
      params: params
        .map(({ key, param }, i) => judge(key, param, target, forest?.shares[i] ?? 0))
        .sort((a, b) => b.share - a.share || Math.abs(b.correlation ?? 0) - Math.abs(a.correlation ?? 0)),
      paramsLeftOut: left,
      paramsNotAsked: notAsked,
      source: table.source,
    };
  }

  /** The same question is asked by everybody who opens the page: its forest is kept, the one asked for last longest. */
  function remember(request: ForestRequest): Promise<Forest> {
    const hash = createHash("sha256").update(request.target);
    for (const bins of request.bins) hash.update(bins);
    const name = hash.digest("base64");
    const forest = remembered.get(name) ?? growForest(request);
    remembered.delete(name);
    remembered.set(name, forest);
    forest.catch(() => remembered.delete(name));
    for (const oldest of [...remembered.keys()].slice(0, -rememberedMax)) remembered.delete(oldest);
    return forest;
  }
}

function judge(key: string, param: EncodedParam, target: Float64Array, share: number): ParamImportance {
  const { kind, runs, values } = param;
  return {
    key,
    kind,
    share,
    correlation: param.numbers ? correlate(param.numbers, target) : null,
    runs,
    values,
  };
}
