import { Readable } from "node:stream";
import { localOwner } from "@runweir/identity-domain";
import { trackedPlaces } from "@runweir/tracking-domain/testing";
import { expect, test } from "vitest";
import { type ArtifactStore, partsMax } from "./artifact-store.ts";
import { createArtifacts } from "./create-artifacts.ts";

const caller = localOwner("test");
const run = (runId: string) => ({ kind: "run", runId }) as const;
const body = () => Readable.from([]);

/** Notes which store was asked for what. */
function notingStore(name: string, asked: string[]): ArtifactStore {
  const note = (what: string, path: string) => void asked.push(`${name}: ${what} ${path}`);
  return {
    put: async (path) => note("put", path),
    open: async (path) => {
      note("open", path);
      return { bytes: 0, modifiedAt: 0, etag: "e", read: async () => body(), close: async () => {} };
    },
    stat: async () => "nothing",
    list: async (path, { limit }) => {
      note(`list ${limit} of`, path);
      return { entries: [{ kind: "file", name: "f", bytes: 1, modifiedAt: 2 }] };
    },
    delete: async (path) => note("delete", path),
    startUpload: async () => "id",
    putPart: async (path, id, { partNumber }) => {
      note(`part ${partNumber} of ${id}`, path);
      return "etag";
    },
    completeUpload: async (path, _id, parts) => note(`complete ${parts.map((p) => p.partNumber)}`, path),
    abortUpload: async () => {},
  };
}

function createTested(locations: Record<string, string>, folders: readonly string[] = ["/data"]) {
  const asked: string[] = [];
  const opened: string[] = [];
  const open = (name: string) => {
    opened.push(name);
    return notingStore(name, asked);
  };
  const rules = { folders, s3Prefixes: ["s3://bucket/team"] };
  const stores = { proxied: notingStore("tree", asked), folder: open, bucket: open };
  return {
    asked,
    opened,
    artifacts: createArtifacts({ tracking: trackedPlaces(locations), stores, rules }),
  };
}

test("each location leads to its store, below its own root; stores are opened once", async () => {
  const { artifacts, asked, opened } = createTested({
    a: "mlflow-artifacts:/0/a/artifacts",
    b: "file:///data/0/b",
    c: "s3://bucket/team/0/c",
  });
  for (const id of ["a", "b", "c", "b", "c"]) await artifacts.put(caller, run(id), "x/y", body());
  await artifacts.delete(caller, { kind: "tree" }, "0/gone/");
  expect(asked).toEqual([
    "tree: put 0/a/artifacts/x/y",
    "/data: put 0/b/x/y",
    "bucket: put team/0/c/x/y",
    "/data: put 0/b/x/y",
    "bucket: put team/0/c/x/y",
    "tree: delete 0/gone",
  ]);
  expect(opened).toEqual(["/data", "bucket"]);
});

test("a listing names files from the owner's root, under the owner's own address", async () => {
  const { artifacts, asked } = createTested({ m: "mlflow-artifacts:/0/models/m" });
  const listing = await artifacts.list(caller, { kind: "model", modelId: "m" }, "./a//b/", { limit: 1e9 });
  expect(listing).toEqual({
    rootUri: "mlflow-artifacts:/0/models/m",
    entries: [{ kind: "file", name: "f", path: "a/b/f", bytes: 1, modifiedAt: 2 }],
    nextPageToken: undefined,
  });
  expect(asked).toEqual(["tree: list 10000 of 0/models/m/a/b"]);
  expect((await artifacts.list(caller, { kind: "tree" }, "")).entries[0]?.path).toBe("f");
});

test("names get one spelling in our own tree, and keep theirs where clients write themselves", async () => {
  const { artifacts, asked } = createTested({ a: "mlflow-artifacts:/0/a", b: "file:///data/0/b" });
  const image = "images/x%step%23%timestamp%17%g23ab000-1111-4222-8333-444455556666.png";
  for (const id of ["a", "b"])
    for (const path of [image, "a%20b"]) {
      const { file } = await artifacts.open(caller, run(id), path);
      await file.close();
    }
  expect(asked).toEqual([
    "tree: open 0/a/images/x+step+23+timestamp+17+g23ab000-1111-4222-8333-444455556666.png",
    "tree: open 0/a/a b",
    `/data: open 0/b/${image}`,
    "/data: open 0/b/a%20b",
  ]);
  await expect(artifacts.open(caller, run("b"), "%2e%2e/x")).rejects.toMatchObject({
    message: "Invalid path",
  });
});

test("the root of an owner is listed, and neither read, written, deleted nor uploaded", async () => {
  const { artifacts, asked } = createTested({ a: "mlflow-artifacts:/0/a" });
  const owner = run("a");
  for (const path of ["", ".", "/".slice(1), "./."]) {
    const refused = { message: "Invalid path" };
    await expect(artifacts.open(caller, owner, path)).rejects.toMatchObject(refused);
    await expect(artifacts.put(caller, owner, path, body())).rejects.toMatchObject(refused);
    await expect(artifacts.delete(caller, owner, path)).rejects.toMatchObject(refused);
    await expect(artifacts.startUpload(caller, owner, path)).rejects.toMatchObject(refused);
  }
  expect(asked).toEqual([]);
});

test("a bad path is refused before anybody is asked about the owner", async () => {
  const { artifacts } = createTested({});
  await expect(artifacts.list(caller, run("nobody"), "../x")).rejects.toMatchObject({
    message: "Invalid path",
  });
  await expect(artifacts.list(caller, run("nobody"), "x")).rejects.toMatchObject({ code: "not_found" });
});

test("a location that is not trusted reaches no store, whatever is done", async () => {
  const { artifacts, asked, opened } = createTested({
    a: "file:///etc",
    b: "s3://bucket/other",
    c: "gs://x",
  });
  for (const id of ["a", "b", "c"]) {
    const refused = { code: "invalid_argument", reason: "untrusted_location" };
    await expect(artifacts.list(caller, run(id), "")).rejects.toMatchObject(refused);
    await expect(artifacts.open(caller, run(id), "passwd")).rejects.toMatchObject(refused);
    await expect(artifacts.put(caller, run(id), "x", body())).rejects.toMatchObject(refused);
    await expect(artifacts.delete(caller, run(id), "x")).rejects.toMatchObject(refused);
  }
  expect([...asked, ...opened]).toEqual([]);
});

test("the rules are read at every call", async () => {
  const folders: string[] = [];
  const { artifacts } = createTested({ a: "/later/a" }, folders);
  await expect(artifacts.list(caller, run("a"), "")).rejects.toMatchObject({ reason: "untrusted_location" });
  folders.push("/later");
  await expect(artifacts.list(caller, run("a"), "")).resolves.toBeDefined();
});

test("parts are completed in order; numbers out of range, twice or none are refused", async () => {
  const { artifacts, asked } = createTested({ a: "mlflow-artifacts:/a" });
  const complete = (...numbers: number[]) =>
    artifacts.completeUpload(caller, run("a"), "f", {
      uploadId: "id",
      parts: numbers.map((partNumber) => ({ partNumber, etag: "" })),
    });
  await complete(3, 1, 10);
  expect(asked).toEqual(["tree: complete 1,3,10 a/f"]);
  for (const numbers of [[], [1, 1], [0], [partsMax + 1], [1.5], [Number.NaN]])
    await expect(complete(...numbers)).rejects.toMatchObject({ code: "invalid_argument" });
  const part = (partNumber: number) =>
    artifacts.putPart(caller, run("a"), "f", { uploadId: "id", partNumber, body: body() });
  await expect(part(0)).rejects.toMatchObject({ field: "part_number" });
  expect(await part(partsMax)).toBe("etag");
});

test("a source that breaks while the run is looked up fails the upload and nothing else", async () => {
  const { artifacts } = createTested({ a: "mlflow-artifacts:/a" });
  const source = new Readable({ read() {} });
  const put = artifacts.put(caller, run("a"), "f", source);
  source.destroy(new Error("gone"));
  await put;
  expect(source.errored?.message).toBe("gone");
});
