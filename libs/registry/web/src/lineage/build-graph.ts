import type { Lineage } from "@runweir/registry-trpc";

type VersionName = Pick<Lineage["derived"][number], "name" | "version">;
type Dataset = NonNullable<Lineage["run"]>["datasets"][number];

/** What a node may lead to besides its page: what is around a version, or what else was made of a dataset. */
export type Opening =
  | ({ readonly kind: "version" } & VersionName)
  | {
      readonly kind: "dataset";
      readonly name: string;
      readonly digest: string;
      readonly experimentId: string;
    }
  /** More of the same kind than are drawn at first. */
  | { readonly kind: "rest"; readonly of: string };

export interface GraphNode {
  readonly id: string;
  readonly kind: "Version" | "Model" | "Run" | "Data" | "Code";
  readonly label: string;
  /** Left of what was made of it. */
  readonly layer: number;
  readonly version?: VersionName | undefined;
  readonly runId?: string | undefined;
  readonly modelId?: string | undefined;
  readonly opens?: Opening | undefined;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

export const drawnAtFirst = 8;

export const versionId = ({ name, version }: VersionName): string => `version ${name} ${version}`;
export const datasetId = ({ name, digest }: Pick<Dataset, "name" | "digest">): string =>
  `data ${name} ${digest}`;

/**
 * One hop around a version, and around each further one that was opened. What several have in common is one node; a version
 * stands where it was met first, also if its derivation leads in a circle.
 */
export function buildGraph(
  root: Lineage,
  opened: {
    /** By id of the version. */
    readonly lineages: ReadonlyMap<string, Lineage>;
    /** By id of the dataset: versions made of it. */
    readonly made: ReadonlyMap<string, readonly VersionName[]>;
    /** Ids of groups that are drawn whole. */
    readonly whole: ReadonlySet<string>;
  },
): Graph {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, { from: string; to: string }>();
  const add = (node: GraphNode) => {
    if (!nodes.has(node.id)) nodes.set(node.id, node);
    return node.id;
  };
  const join = (from: string, to: string) => {
    if (from !== to) edges.set(`${from}\0${to}`, { from, to });
  };
  const addVersion = (of: VersionName, layer: number, isRoot = false) =>
    add({
      id: versionId(of),
      kind: "Version",
      label: `${of.name} ${of.version}`,
      layer,
      version: of,
      ...(isRoot ? {} : { opens: { kind: "version", ...of } }),
    });

  function addSome(
    group: string,
    versions: readonly VersionName[],
    layer: number,
    link: (id: string) => void,
  ) {
    const drawn = opened.whole.has(group) ? versions : versions.slice(0, drawnAtFirst);
    for (const one of drawn) link(addVersion(one, layer));
    const left = versions.length - drawn.length;
    if (left > 0)
      link(
        add({
          id: `rest ${group}`,
          kind: "Version",
          label: `${left} more`,
          layer,
          opens: { kind: "rest", of: group },
        }),
      );
  }

  function addHop({ version, run, loggedModel, derivedFrom, derived }: Lineage) {
    const id = versionId(version);
    const layer = nodes.get(id)?.layer ?? 0;
    addSome(`from ${id}`, derivedFrom, layer - 1, (parent) => join(parent, id));
    const model =
      loggedModel &&
      add({
        id: `model ${loggedModel.modelId}`,
        kind: "Model",
        label: loggedModel.name,
        layer: layer - 1,
        modelId: loggedModel.modelId,
      });
    if (model !== undefined) join(model, id);
    if (run) addRun(run, model ?? id, layer - (model === undefined ? 1 : 2));
    addSome(`to ${id}`, derived, layer + 1, (child) => join(id, child));
  }

  function addRun(run: NonNullable<Lineage["run"]>, into: string, layer: number) {
    const { runId, experimentId } = run;
    const id = add({
      id: `run ${runId}`,
      kind: "Run",
      label: run.runName || runId.slice(0, 8),
      layer,
      runId,
    });
    join(id, into);
    for (const { name, digest } of run.datasets)
      join(
        add({
          id: datasetId({ name, digest }),
          kind: "Data",
          label: `${name} ${digest}`,
          layer: layer - 1,
          runId,
          opens: { kind: "dataset", name, digest, experimentId },
        }),
        id,
      );
    if (run.commit !== undefined)
      join(
        add({
          id: `code ${run.commit}`,
          kind: "Code",
          label: run.commit.slice(0, 8),
          layer: layer - 1,
          runId,
        }),
        id,
      );
  }

  /** What is drawn already is joined to its data by its run. */
  function addMade(data: string, versions: readonly VersionName[]) {
    const others = versions.filter((one) => !nodes.has(versionId(one)));
    addSome(`made ${data}`, others, 0, (id) => join(data, id));
  }

  addVersion(root.version, 0, true);
  addHop(root);
  let waiting = [
    ...[...opened.made].map(([id, versions]) => ({ id, draw: () => addMade(id, versions) })),
    ...[...opened.lineages].map(([id, lineage]) => ({ id, draw: () => addHop(lineage) })),
  ];
  // What was opened may stand on what another one put there, and that one may have been closed since.
  for (let ready = waiting; ready.length > 0; ) {
    ready = waiting.filter(({ id }) => nodes.has(id));
    waiting = waiting.filter((one) => !ready.includes(one));
    for (const { draw } of ready) draw();
  }
  const drawn = [...edges.values()];
  return { nodes: pushLeft([...nodes.values()], drawn), edges: drawn };
}

/**
 * What a version was made of stands left of all that was made of it, also of what was opened later. Versions stay where they
 * are, since their derivations may lead in circles; the rest cannot.
 */
function pushLeft(nodes: readonly GraphNode[], edges: Graph["edges"]): readonly GraphNode[] {
  const layers = new Map(nodes.map(({ id, layer }) => [id, layer]));
  const pushed = new Set(nodes.flatMap(({ id, kind }) => (kind === "Version" ? [] : [id])));
  const layerOf = (id: string) => layers.get(id) ?? 0;
  let isMoving = true;
  while (isMoving) {
    isMoving = false;
    for (const { from, to } of edges)
      if (pushed.has(from) && layerOf(from) >= layerOf(to)) {
        layers.set(from, layerOf(to) - 1);
        isMoving = true;
      }
  }
  return nodes.map((node) => ({ ...node, layer: layerOf(node.id) }));
}
