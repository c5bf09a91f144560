import {
  type GroupCurve,
  type GroupCurveReader,
  type GroupCurves,
  type GroupCurvesRequest,
  groupQuantiles,
  groupsMax,
  type SnapshotSql,
} from "@runweir/tracking-domain";
import { printBuckets, printGroups, type StepGrid } from "./print-group-curves.ts";

/** Two statements: which groups there are and where their steps lie, then the buckets of those that are drawn. */
export function createGroupCurveReader(snapshots: SnapshotSql): GroupCurveReader {
  return {
    async readGroupCurves(caller, request, snapshot): Promise<GroupCurves> {
      const { signal } = request;
      const { columns, source } = await snapshots.ask(caller, { ...printGroups(request), snapshot, signal });
      const [names = [], runs = [], firstSteps = [], lastSteps = []] = columns;
      const groups = names.slice(0, groupsMax).map((name, i) => ({
        group: name as string | null,
        runs: Number(runs[i]),
      }));
      const grid = divideSteps(request, firstSteps.slice(0, groupsMax), lastSteps.slice(0, groupsMax));
      const left = { width: grid?.width ?? 1, groupsLeftOut: names.length - groups.length };
      if (!grid) return { ...left, curves: groups.map((group) => ({ ...group, ...emptyCurve() })), source };
      const buckets = await snapshots.ask(caller, {
        ...printBuckets(
          request,
          groups.map(({ group }) => group),
          grid,
        ),
        snapshot,
        signal,
      });
      return { ...left, curves: divideRows(groups, buckets.columns), source: buckets.source };
    },
  };
}

/** undefined: nothing lies in sight. */
function divideSteps(
  { from, to, buckets }: GroupCurvesRequest,
  firstSteps: readonly unknown[],
  lastSteps: readonly unknown[],
): StepGrid | undefined {
  if (firstSteps.length === 0) return undefined;
  const least = Math.max(from ?? -Infinity, Math.min(...firstSteps.map(Number)));
  const most = Math.min(to ?? Infinity, Math.max(...lastSteps.map(Number)));
  if (least > most) return undefined;
  return { from: least, to: most, width: Math.max(1, Math.ceil((most - least + 1) / buckets)) };
}

type Rows = readonly (readonly unknown[])[];

function divideRows(
  groups: readonly Pick<GroupCurve, "group" | "runs">[],
  columns: Rows,
): readonly GroupCurve[] {
  const places = columns[0] ?? [];
  return groups.map((group, place) => {
    const start = places.indexOf(place);
    const end = places.lastIndexOf(place) + 1;
    return {
      ...group,
      ...curveOf(columns.slice(1).map((column) => (start < 0 ? [] : column.slice(start, end)))),
    };
  });
}

const emptyCurve = () => curveOf(Array.from({ length: 7 + groupQuantiles.length }, () => []));

function curveOf(columns: Rows): Omit<GroupCurve, "group" | "runs"> {
  const numbers = (i: number) => (columns[i] ?? []) as readonly number[];
  const values = (i: number) => (columns[i] ?? []) as readonly (number | null)[];
  const quantiles = groupQuantiles.map((name, i) => [name, values(7 + i)] as const);
  return {
    step: numbers(0).map(Number),
    n: numbers(1),
    notFinite: numbers(2),
    mean: values(3),
    deviation: values(4),
    min: values(5),
    max: values(6),
    quantiles: Object.fromEntries(quantiles) as GroupCurve["quantiles"],
  };
}
