/** How the values of one column lie, as far as it was logged with a dataset. */
export interface ColumnProfile {
  readonly name: string;
  readonly mean: number | undefined;
  readonly std: number | undefined;
  /** The share of values that are not there, from 0 to 1. */
  readonly missing: number | undefined;
  /** Of numbers: `shares[i]` of them lie between `edges[i]` and `edges[i + 1]`. */
  readonly histogram: { readonly edges: readonly number[]; readonly shares: readonly number[] } | undefined;
  /** Of categories: the share of each. */
  readonly categories: Readonly<Record<string, number>> | undefined;
}

const columnsMax = 5_000;
const binsMax = 200;

/**
 * `columns` of a dataset's profile, by name: `mean`, `std`, `missing` (share) or `count` beside the dataset's `num_rows`, and one of
 * `histogram` (`edges`, `counts`), `quantiles` (`{"0.5": 3}`) or `categories` (`{"BR": 120}`). What pandas' `describe()` prints
 * is understood too. What is something else is passed over: whoever logs may log anything.
 */
export function parseColumnProfiles(columns: unknown, rows: number | undefined): readonly ColumnProfile[] {
  if (!isObject(columns)) return [];
  return Object.entries(columns)
    .slice(0, columnsMax)
    .flatMap(([name, said]) => (isObject(said) ? [profileOf(name, said, rows)] : []))
    .filter(isTelling);
}

function profileOf(name: string, said: Fields, rows: number | undefined): ColumnProfile {
  const count = numberOf(said.count);
  const missing = numberOf(said.missing) ?? (count !== undefined && rows ? 1 - count / rows : undefined);
  return {
    name,
    mean: numberOf(said.mean),
    std: numberOf(said.std),
    missing: missing !== undefined && missing >= 0 && missing <= 1 ? missing : undefined,
    histogram: histogramOf(said.histogram) ?? histogramOfQuantiles(said),
    categories: isObject(said.categories) ? sharesOf(said.categories) : undefined,
  };
}

function isTelling({ mean, missing, histogram, categories }: ColumnProfile): boolean {
  return [mean, missing, histogram, categories].some((part) => part !== undefined);
}

function histogramOf(said: unknown): ColumnProfile["histogram"] {
  if (!isObject(said) || !Array.isArray(said.edges) || !Array.isArray(said.counts)) return undefined;
  const edges = said.edges.map(numberOf).filter((edge) => edge !== undefined);
  const counts = said.counts.map(numberOf).filter((count) => count !== undefined && count >= 0) as number[];
  const isWhole = edges.length === said.edges.length && counts.length === said.counts.length;
  const isRising = edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? 0));
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (!isWhole || !isRising || edges.length !== counts.length + 1 || counts.length > binsMax || total === 0)
    return undefined;
  return { edges, shares: counts.map((count) => count / total) };
}

/** Quantiles cut the values into parts whose shares are known; parts without width go to the next one. */
function histogramOfQuantiles(said: Fields): ColumnProfile["histogram"] {
  const cuts = new Map<number, number>();
  const add = (at: number, value: unknown) => {
    const known = numberOf(value);
    if (known !== undefined && at >= 0 && at <= 1) cuts.set(at, known);
  };
  add(0, said.min);
  add(1, said.max);
  for (const [key, value] of Object.entries(said))
    if (/^\d+(\.\d+)?%$/.test(key)) add(Number.parseFloat(key) / 100, value);
  if (isObject(said.quantiles))
    for (const [key, value] of Object.entries(said.quantiles)) add(Number(key), value);
  const sorted = [...cuts].toSorted(([a], [b]) => a - b);
  // A least and a greatest value alone say nothing of what lies between them.
  if (sorted.length < 3 || sorted.length > binsMax || sorted[0]?.[0] !== 0 || sorted.at(-1)?.[0] !== 1)
    return undefined;
  const edges = [sorted[0][1]];
  const shares: number[] = [];
  let from = 0;
  for (const [at, value] of sorted.slice(1)) {
    if (value < (edges.at(-1) ?? value)) return undefined;
    if (value === edges.at(-1)) continue;
    edges.push(value);
    shares.push(at - from);
    from = at;
  }
  if (shares.length < 2) return undefined;
  shares[shares.length - 1] = (shares.at(-1) ?? 0) + (1 - from);
  return { edges, shares };
}

function sharesOf(counts: Fields): Readonly<Record<string, number>> | undefined {
  const known = Object.entries(counts)
    .slice(0, binsMax)
    .map(([category, count]) => [category, numberOf(count) ?? -1] as const);
  const total = known.reduce((sum, [, count]) => sum + count, 0);
  if (total <= 0 || known.some(([, count]) => count < 0)) return undefined;
  return Object.fromEntries(known.map(([category, count]) => [category, count / total]));
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
