import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { createArtifacts, parseArtifactPath } from "@runweir/artifacts-domain";
import { attackPaths, readAll } from "@runweir/artifacts-domain/testing";
import { createLocalArtifactStore } from "@runweir/artifacts-local";
import { startTestServer } from "@runweir/http/testing";
import { trackedPlaces } from "@runweir/tracking-domain/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { artifactFiles } from "./artifact-files.ts";

let home: string;
let server: Awaited<ReturnType<typeof startTestServer>>;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "runweir-files-"));
  const store = createLocalArtifactStore({ folder: home });
  const tracking = trackedPlaces({ r1: "mlflow-artifacts:/0/r1", m1: "mlflow-artifacts:/0/models/m1" });
  const artifacts = createArtifacts({ tracking, stores: { proxied: store }, rules: {} });
  for (const name of ["a.html", "a.svg", "a.png", "a.txt", "a.json", "a.mp4", "a.pdf", "a.pkl", "ü 50%.txt"])
    await store.put(parseArtifactPath(`0/r1/dir/${name}`), Readable.from([Buffer.from(name)]));
  await store.put(parseArtifactPath("0/models/m1/MLmodel"), Readable.from([Buffer.from("flavors")]));
  await store.put(parseArtifactPath("0/secret"), Readable.from([Buffer.from("secret")]));
  server = await startTestServer({ routes: (door) => door.register(artifactFiles({ artifacts })) });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

const get = (path: string, init?: RequestInit) => fetch(server.url + path, init);

test.each([
  ["a.html", "text/html; charset=utf-8", /^sandbox allow-scripts; default-src 'none';.*connect-src 'none'/],
  ["a.svg", "image/svg+xml", /^sandbox; default-src 'none'/],
  ["a.png", "image/png", /^sandbox;/],
  ["a.txt", "text/plain; charset=utf-8", /^sandbox;/],
  ["a.json", "text/plain; charset=utf-8", /^sandbox;/],
  ["a.mp4", "video/mp4", /^sandbox;/],
  ["a.pdf", "application/pdf", /^frame-ancestors 'self'$/],
])("%s is shown as %s, shut in", async (name, type, policy) => {
  const answer = await get(`/artifacts/runs/r1/dir/${name}`);
  expect(await answer.text()).toBe(name);
  expect(answer.headers.get("content-type")).toBe(type);
  expect(answer.headers.get("content-disposition")).toBeNull();
  expect(answer.headers.get("content-security-policy")).toMatch(policy);
  expect(answer.headers.get("content-security-policy")).not.toMatch(/allow-same-origin|allow-top-navigation/);
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  const saved = await get(`/artifacts/runs/r1/dir/${name}?download=1`);
  expect(saved.headers.get("content-disposition")).toBe(`attachment; filename=${name}`);
});

test("what cannot be shown is saved", async () => {
  const answer = await get("/artifacts/runs/r1/dir/a.pkl");
  expect(answer.headers.get("content-type")).toBe("application/octet-stream");
  expect(answer.headers.get("content-disposition")).toBe("attachment; filename=a.pkl");
});

test("odd names, models, ranges and HEAD", async () => {
  expect(await (await get(`/artifacts/runs/r1/dir/${encodeURIComponent("ü 50%.txt")}`)).text()).toBe(
    "ü 50%.txt",
  );
  expect(await (await get("/artifacts/models/m1/MLmodel")).text()).toBe("flavors");
  const part = await get("/artifacts/models/m1/MLmodel", { headers: { range: "bytes=-4" } });
  expect([part.status, await part.text()]).toEqual([206, "vors"]);
  const head = await get("/artifacts/models/m1/MLmodel", { method: "HEAD" });
  expect([head.status, head.headers.get("content-length")]).toEqual([200, "7"]);
});

test("what is not there, and what is not the run's", async () => {
  expect((await get("/artifacts/runs/r1/dir/none")).status).toBe(404);
  expect((await get("/artifacts/runs/nobody/x")).status).toBe(404);
  expect((await get("/artifacts/runs/r1/dir")).status).toBe(400);
  expect((await get("/artifacts/runs/r1/")).status).toBe(400);
  for (const path of attackPaths.filter((path) => path.isWellFormed())) {
    const { status, text } = await getRaw(`/artifacts/runs/r1/${encodeURIComponent(path)}`);
    expect([status, text], path).toEqual([400, expect.stringContaining('"Invalid path"')]);
  }
});

/** Without the tidying of `..` that every URL parser does. */
async function getRaw(path: string): Promise<{ readonly status: number | undefined; readonly text: string }> {
  const sent = request({ host: "127.0.0.1", port: server.port, path }).end();
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  return { status: answer.statusCode, text: (await readAll(answer)).toString() };
}
