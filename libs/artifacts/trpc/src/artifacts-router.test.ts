import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { createArtifacts } from "@runweir/artifacts-domain";
import { attackPaths } from "@runweir/artifacts-domain/testing";
import { createLocalArtifactStore } from "@runweir/artifacts-local";
import { everyRight, localOwner } from "@runweir/identity-domain";
import { trackedPlaces } from "@runweir/tracking-domain/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createArtifactsRouter } from "./artifacts-router.ts";

let home: string;
let api: ReturnType<ReturnType<typeof createArtifactsRouter>["createCaller"]>;
let readOnly: typeof api;
let put: (path: string, content: string | Buffer) => Promise<void>;
const run = { kind: "run", runId: "r1" } as const;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "runweir-router-"));
  const artifacts = createArtifacts({
    tracking: trackedPlaces({
      r1: "mlflow-artifacts:/0/r1/artifacts",
      m1: "mlflow-artifacts:/0/models/m1",
    }),
    stores: { proxied: createLocalArtifactStore({ folder: home }) },
    rules: {},
  });
  const caller = localOwner("test");
  const router = createArtifactsRouter({ artifacts });
  api = router.createCaller({ caller });
  readOnly = router.createCaller({
    caller: { ...caller, rights: { ...everyRight, scope: { access: "read" } } },
  });
  put = (path, content) => artifacts.put(caller, run, path, Readable.from([Buffer.from(content)]));
});
afterAll(() => rm(home, { recursive: true, force: true }));

test("a folder is listed folders first, numbers in order", async () => {
  for (const path of ["step10.png", "step9.png", "b/x", "a/x"]) await put(`list/${path}`, "x");
  const { rootUri, entries, truncated } = await api.list({ owner: run, path: "list" });
  expect(rootUri).toBe("mlflow-artifacts:/0/r1/artifacts");
  expect(entries.map((entry) => [entry.kind, entry.path])).toEqual([
    ["folder", "list/a"],
    ["folder", "list/b"],
    ["file", "list/step9.png"],
    ["file", "list/step10.png"],
  ]);
  expect(truncated).toBe(false);
  expect(await api.list({ owner: { kind: "model", modelId: "m1" } })).toEqual({
    rootUri: "mlflow-artifacts:/0/models/m1",
    entries: [],
    truncated: false,
  });
});

test("the head of a text is read, never half a character, and what is no text is told", async () => {
  const read = (path: string, bytesMax?: number) => api.readText({ owner: run, path, bytesMax });
  await put("t/text", "größer");
  expect(await read("t/text")).toEqual({ kind: "text", text: "größer", bytes: 8, truncated: false });
  expect(await read("t/text", 3)).toEqual({ kind: "text", text: "gr", bytes: 8, truncated: true });
  expect(await read("t/text", 4)).toEqual({ kind: "text", text: "grö", bytes: 8, truncated: true });
  await put("t/empty", "");
  expect(await read("t/empty")).toEqual({ kind: "text", text: "", bytes: 0, truncated: false });
  await put("t/nul", Buffer.from([65, 0, 66]));
  expect(await read("t/nul")).toEqual({ kind: "binary", bytes: 3 });
  await put("t/latin1", Buffer.from("größer", "latin1"));
  expect(await read("t/latin1")).toEqual({ kind: "binary", bytes: 6 });
  // Cut off in the middle of a character by its writer, not by us.
  await put("t/half", Buffer.from("grö").subarray(0, 3));
  expect(await read("t/half")).toEqual({ kind: "binary", bytes: 3 });
});

test("deleting needs a permission of its own", async () => {
  await put("d/a", "a");
  await expect(readOnly.delete({ owner: run, path: "d" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect((await readOnly.list({ owner: run, path: "d" })).entries).toHaveLength(1);
  await api.delete({ owner: run, path: "d" });
  expect((await api.list({ owner: run, path: "d" })).entries).toEqual([]);
  await expect(api.delete({ owner: run, path: "" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("paths that lead elsewhere, and unknown runs", async () => {
  for (const path of attackPaths) {
    const refused = { code: "BAD_REQUEST", message: "Invalid path" };
    await expect(api.list({ owner: run, path }), path).rejects.toMatchObject(refused);
    await expect(api.readText({ owner: run, path }), path).rejects.toMatchObject(refused);
    await expect(api.delete({ owner: run, path }), path).rejects.toMatchObject(refused);
  }
  await expect(api.list({ owner: { kind: "run", runId: "none" } })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(api.readText({ owner: run, path: "none" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
