import { Readable } from "node:stream";
import { type Caller, type Grant, localOwner, noRights, type Rights } from "@runweir/identity-domain";
import { createExperimentGate } from "@runweir/tracking-domain";
import { expect, test } from "vitest";
import { attackPaths } from "../../testing/index.ts";
import type { ArtifactOwner, Artifacts } from "../artifacts.ts";
import { createArtifactGate } from "./artifact-gate.ts";
import { guardArtifacts } from "./guard-artifacts.ts";

const run1 = "1".repeat(32);
const run2 = "2".repeat(32);
const elsewhere = "9".repeat(32);
const experiments: Record<string, readonly [workspace: string, uri: string]> = {
  "1": ["default", "mlflow-artifacts:/1"],
  "2": ["default", "mlflow-artifacts:///custom/two/"],
  "3": ["default", "s3://bucket/team/3"],
  "9": ["other", "mlflow-artifacts:/9"],
};
const owners: Record<string, readonly [experimentId: string, uri: string]> = {
  [run1]: ["1", `mlflow-artifacts:/1/${run1}/artifacts`],
  [run2]: ["2", `http://host/api/2.0/mlflow-artifacts/artifacts/custom/two/${run2}/artifacts`],
  "m-3": ["3", "s3://bucket/team/3/models/m-3/artifacts"],
  [elsewhere]: ["9", `mlflow-artifacts:/9/${elsewhere}/artifacts`],
};

const gate = createArtifactGate({
  gate: createExperimentGate({
    store: {
      findExperimentsOf: async (workspace, _kind, ids) =>
        new Map(
          ids.flatMap((id) => {
            const experimentId = owners[id]?.[0];
            return experimentId === undefined || experiments[experimentId]?.[0] !== workspace
              ? []
              : [[id, experimentId]];
          }),
        ),
      findExperimentNames: async (_workspace, ids) => new Map(ids.map((id) => [id, `e${id}`])),
      findExperimentByName: async () => undefined,
    },
    clock: { now: () => 0 },
  }),
  places: {
    findPlaces: async ({ experimentIds, others }) => [
      ...experimentIds.flatMap((id) => {
        const found = experiments[id];
        return found === undefined ? [] : [{ workspace: found[0], experimentId: id, uri: found[1] }];
      }),
      ...others.flatMap((id) => {
        const [experimentId, uri] = owners[id] ?? [];
        if (experimentId === undefined || uri === undefined) return [];
        return [{ workspace: experiments[experimentId]?.[0] ?? "", experimentId, uri }];
      }),
    ],
  },
  rules: { s3Prefixes: ["s3://bucket/team"], folders: ["/data"] },
});

/** Says what it was asked; the guard is what is tested. */
const did: string[] = [];
const note = (what: string) => async () => void did.push(what);
const artifacts = guardArtifacts(
  {
    list: note("list"),
    open: note("open"),
    put: note("put"),
    delete: note("delete"),
    startUpload: note("startUpload"),
    putPart: note("putPart"),
    completeUpload: note("completeUpload"),
    abortUpload: note("abortUpload"),
  } as unknown as Artifacts,
  gate,
);

function ann(rights: Partial<Rights>): Caller {
  return {
    ...localOwner("r"),
    principal: { kind: "user", id: "u1", name: "ann" },
    rights: { ...noRights, ...rights },
  };
}

function grant(experimentId: string, level: Grant["level"], effect: Grant["effect"] = "allow"): Grant {
  const target = { on: "experiment", experimentId } as const;
  return { grantId: "g", effect, level, holder: { kind: "everyone" }, target };
}

async function outcome(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "allowed",
    (error: { code: string }) => error.code,
  );
}

const tree = { kind: "tree" } as const;
const at = (uri: string): ArtifactOwner => ({ kind: "location", uri });
const readsFirst = ann({ role: "guest", grants: [grant("1", "read")] });

test.each<[ArtifactOwner, string, string]>([
  [{ kind: "run", runId: run1 }, "x", "allowed"],
  [{ kind: "run", runId: run2 }, "x", "permission_denied"],
  [{ kind: "run", runId: "gone" }, "x", "not_found"],
  [{ kind: "model", modelId: "m-3" }, "x", "permission_denied"],
  [tree, "1", "allowed"],
  [tree, `1/${run1}/artifacts/model`, "allowed"],
  [tree, `1/./${run1}//artifacts`, "allowed"],
  [tree, `1/${run1}%2Fartifacts/x`, "allowed"],
  [tree, `custom/two/${run2}/artifacts`, "permission_denied"],
  [tree, `custom%2Ftwo/${run2}/artifacts/x`, "permission_denied"],
  // In another's folder by its path, whoever's run it names.
  [tree, `9/${elsewhere}/artifacts/${run1}`, "permission_denied"],
  [tree, `${run1}/artifacts`, "permission_denied"],
  [tree, "", "permission_denied"],
  [tree, "nobody/knows", "permission_denied"],
  [tree, "10", "permission_denied"],
  [at(`runs:/${run1}/model`), "x", "allowed"],
  [at(`runs:/${run2}/model`), "x", "permission_denied"],
  [at("mlflow-artifacts:/1"), `${run1}/artifacts/x`, "allowed"],
  [at(`mlflow-artifacts:/custom/two/${run2}/artifacts/model`), "x", "permission_denied"],
  [at("s3://bucket/team/3/models/m-3/artifacts"), "x", "permission_denied"],
  [at("s3://bucket/team/1/x"), "x", "permission_denied"],
  [at("/data/1/x"), "x", "permission_denied"],
])("who may read experiment 1 alone reads %j at %j: %s", async (owner, path, expected) => {
  expect(await outcome(artifacts.list(readsFirst, owner, path))).toBe(expected);
  expect(await outcome(artifacts.open(readsFirst, owner, path))).toBe(expected);
});

test("paths of another workspace are nobody's here, also for its administrators", async () => {
  const admin = ann({ role: "admin" });
  expect(await outcome(artifacts.list(admin, tree, `1/${run1}/artifacts`))).toBe("allowed");
  for (const path of ["", "9", `9/${elsewhere}/artifacts`, "custom"])
    expect(await outcome(artifacts.list(admin, tree, path))).toBe("permission_denied");
  for (const path of ["", "9", "custom"])
    expect(await outcome(artifacts.list(ann({ administrator: true }), tree, path))).toBe("allowed");
});

test("paths that lead elsewhere are refused before anybody is asked whose they are", async () => {
  for (const path of attackPaths)
    expect([path, await outcome(artifacts.list(readsFirst, tree, path))]).toEqual([path, "invalid_argument"]);
});

test("CVE-2024-4263: who may edit may not delete files", async () => {
  const owner = { kind: "run", runId: run1 } as const;
  const editor = ann({ role: "editor" });
  expect(await outcome(artifacts.delete(editor, owner, "x"))).toBe("permission_denied");
  expect(await outcome(artifacts.delete(editor, tree, `1/${run1}/artifacts/x`))).toBe("permission_denied");
  expect(await outcome(artifacts.delete(ann({ grants: [grant("1", "manage")] }), owner, "x"))).toBe(
    "allowed",
  );
});

test("tokens for logging write and read nothing; those for one experiment are good there only", async () => {
  const owner = { kind: "run", runId: run1 } as const;
  const body = () => Readable.from(["x"]);
  const ingest = ann({ role: "editor", scope: { access: "ingest" } });
  expect(await outcome(artifacts.put(ingest, owner, "x", body()))).toBe("allowed");
  expect(await outcome(artifacts.put(ingest, tree, `1/${run1}/artifacts/x`, body()))).toBe("allowed");
  expect(await outcome(artifacts.list(ingest, owner, ""))).toBe("permission_denied");
  const first = ann({ administrator: true, scope: { access: "all", experimentIds: ["1"] } });
  expect(await outcome(artifacts.list(first, owner, ""))).toBe("allowed");
  for (const path of ["", "custom", `custom/two/${run2}/artifacts`])
    expect(await outcome(artifacts.list(first, tree, path))).toBe("permission_denied");
});

test("a body that breaks while somebody is asked ends nothing but the upload", async () => {
  const broken = Readable.from(["x"]);
  const upload = artifacts.put(readsFirst, { kind: "run", runId: run1 }, "x", broken);
  broken.destroy(new Error("the client left"));
  expect(await outcome(upload)).toBe("permission_denied");
});

test("a location may be named unless it is somebody's whose files may not be written", async () => {
  const name = (uri: string) => outcome(gate.requireLocation(ann({ role: "member" }), "artifact.write", uri));
  expect(
    await outcome(gate.requireLocation(ann({ role: "editor" }), "artifact.write", "mlflow-artifacts:/1/x")),
  ).toBe("allowed");
  expect(await name("mlflow-artifacts:/1/x")).toBe("permission_denied");
  expect(await name("mlflow-artifacts:/9")).toBe("permission_denied");
  expect(await name("mlflow-artifacts:/new")).toBe("allowed");
});
