import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startSecuredApi } from "../testing/start-secured-api.ts";
import { createRun, post, startTestApi } from "../testing/start-test-api.ts";
import { migrationFolders } from "./prepare-database.ts";

/** What others have been attacked by, tried here; docs/past-vulnerabilities.md lists all. */

const secret = "the secret of this machine";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase(migrationFolders);
});
afterAll(() => database.drop());

interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Sends a target as it is: `fetch` would tidy it up. */
function send(
  url: string,
  method: string,
  target: string,
  options: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { hostname, port, method, path: target, headers: options.headers },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text: Buffer.concat(parts).toString(),
          }),
        );
        answer.on("error", reject);
      },
    );
    outgoing.on("error", reject);
    outgoing.end(options.body);
  });
}

/** A server with a secret beside its artifacts, and a run with a file of its own. */
async function startWithSecret() {
  const { url, home } = await startTestApi(database.url);
  await writeFile(join(home, "secret.txt"), secret);
  await mkdir(join(home, "artifacts"), { recursive: true });
  const { run_id: runId } = await createRun(url);
  return {
    url,
    home,
    runId,
    async expectUntouched() {
      expect(await readFile(join(home, "secret.txt"), "utf8")).toBe(secret);
      expect((await readdir(home)).toSorted()).toEqual(["artifacts", "secret.txt"]);
    },
  };
}

const enc = encodeURIComponent;

test.each([
  ["CVE-2023-30172, CVE-2023-6753, CVE-2021-43775", "../../../../secret.txt"],
  ["CVE-2023-30172", "..%2f..%2f..%2f..%2fsecret.txt"],
  ["CVE-2023-6831, CVE-2024-1560", "%252E%252E/%252E%252E/%252E%252E/%252E%252E/secret.txt"],
  ["CVE-2023-6909", "\\..\\..\\..\\..\\secret.txt"],
  ["CVE-2023-6977, CVE-2026-2033", "//proc/self/cwd/{home}/secret.txt"],
  ["CVE-2023-3765", "C:/secret.txt"],
  ["CVE-2024-7340, CVE-2021-43798", "a/../../../../../../../..{home}/secret.txt"],
  ["CVE-2024-8859", "a?/../../../../secret.txt"],
  ["CVE-2024-2928, CVE-2024-3848", "a#/../../../../secret.txt"],
  ["CVE-2023-6976, CVE-2025-11201", "{home}/secret.txt"],
])("%s: no path leads out of the artifacts, to read, write or delete (%s)", async (_ids, given) => {
  const { url, home, runId, expectUntouched } = await startWithSecret();
  const path = given.replace("{home}", home);
  const own = `0/${runId}/artifacts`;
  // As it is, and with everything encoded that an address cannot hold; a target with neither is none.
  const asTarget = path.replaceAll("\\", "%5c").replaceAll("#", "%23").replaceAll("?", "%3f");
  const targets = [
    ...[path, `${own}/${path}`].map((one) => `/api/2.0/mlflow-artifacts/artifacts/${enc(one)}`),
    ...[asTarget, `${own}/${asTarget}`].map((one) => `/api/2.0/mlflow-artifacts/artifacts/${one}`),
    `/artifacts/runs/${runId}/${asTarget}`,
    `/artifacts/runs/${runId}/${enc(path)}`,
  ];
  for (const target of targets) {
    for (const method of ["GET", "PUT", "DELETE"]) {
      const body = method === "PUT" ? { body: "overwritten" } : {};
      const answer = await send(url, method, target, body);
      expect([method, target, answer.text.includes(secret), answer.status < 500]).toEqual([
        method,
        target,
        false,
        true,
      ]);
    }
  }
  for (const target of [
    `/get-artifact?run_id=${runId}&path=${enc(path)}`,
    `/ajax-api/2.0/mlflow/get-artifact?run_id=${runId}&path=${enc(path)}`,
    `/api/2.0/mlflow/artifacts/list?run_id=${runId}&path=${enc(path)}`,
    `/api/2.0/mlflow-artifacts/artifacts?path=${enc(path)}`,
    `/${asTarget}`,
  ]) {
    const answer = await send(url, "GET", target);
    expect([target, answer.text.includes(secret), answer.status < 500]).toEqual([target, false, true]);
  }
  await expectUntouched();
});

test.each([
  ["CVE-2023-1177, CVE-2023-1176", "{home}"],
  ["CVE-2023-1177", "file://{home}"],
  ["CVE-2023-2356", "file://localhost/../../..{home}"],
  ["CVE-2023-2780", "file://.{home}"],
  ["CVE-2023-2780", "file://.\\..\\..{home}"],
  ["CVE-2023-6977", "//proc/self/root{home}"],
  ["CVE-2024-1483", "mlflow-artifacts:/0#/../../../..{home}"],
  ["CVE-2024-2928, CVE-2024-3848", "http://host/a#/../../../../../../..{home}"],
  ["CVE-2024-3573", "FILE:{home}"],
  ["CVE-2024-3573", "file:{home}"],
  ["CVE-2024-8859", "dbfs:/a?/../../../../..{home}"],
  ["CVE-2025-11201", "mlflow-artifacts:/0/../.."],
])("%s: no location of a model or an experiment leads there (%s)", async (_ids, given) => {
  const { url, home, expectUntouched } = await startWithSecret();
  const location = given.replace("{home}", home);
  const name = `model ${Math.random()}`;
  const ask = (path: string, body: object) => post(`${url}/api/2.0/mlflow/${path}`, body);
  await ask("registered-models/create", { name });
  // CVE-2026-2614: a tag is no way past the question where files lie.
  for (const tags of [[], [{ key: "mlflow.prompt.is_prompt", value: "true" }]]) {
    const made = await ask("model-versions/create", { name, source: location, tags });
    // MLflow has 500 for another machine's file, and its clients are told the same.
    if (made.status >= 500) expect(await made.text()).toContain("is not a valid remote uri");
  }
  for (const version of [1, 2]) {
    const answer = await send(
      url,
      "GET",
      `/model-versions/get-artifact?name=${enc(name)}&version=${version}&path=secret.txt`,
    );
    expect([answer.text.includes(secret), answer.status < 500]).toEqual([false, true]);
  }
  const experiment = await ask("experiments/create", {
    name: `at ${Math.random()}`,
    artifact_location: location,
  });
  const { experiment_id } = (await experiment.json()) as { experiment_id?: string };
  if (experiment_id !== undefined) {
    const { run_id } = await createRun(url, experiment_id);
    for (const path of ["secret.txt", "../secret.txt", "../../secret.txt"]) {
      const answer = await send(url, "GET", `/get-artifact?run_id=${run_id}&path=${enc(path)}`);
      expect([answer.text.includes(secret), answer.status < 500]).toEqual([false, true]);
    }
  }
  await expectUntouched();
});

test("CVE-2023-6974: no address that somebody gives is asked by the server", async () => {
  const { url } = await startWithSecret();
  let reached = 0;
  const inside = createServer((_request, response) => {
    reached += 1;
    response.end("inside");
  });
  await new Promise<void>((done) => inside.listen(0, "127.0.0.1", done));
  onTestFinished(() => void inside.close());
  const address = `http://127.0.0.1:${(inside.address() as AddressInfo).port}/files`;
  const made = await post(`${url}/api/2.0/mlflow/experiments/create`, {
    name: `inside ${Math.random()}`,
    artifact_location: address,
  });
  const { experiment_id } = (await made.json()) as { experiment_id?: string };
  if (experiment_id !== undefined) {
    const { run_id } = await createRun(url, experiment_id);
    for (const path of [
      `/get-artifact?run_id=${run_id}&path=a`,
      `/api/2.0/mlflow/artifacts/list?run_id=${run_id}`,
    ])
      expect((await send(url, "GET", path)).text).not.toContain("inside");
  }
  expect(reached).toBe(0);
});

test("CVE-2025-14279: a name that was made to point here is not answered", async () => {
  const { url } = await startWithSecret();
  for (const host of ["evil.example", "127.0.0.1.evil.example:5050"]) {
    const answer = await send(url, "GET", "/api/2.0/mlflow/experiments/search?max_results=1", {
      headers: { host },
    });
    expect(answer.status).toBe(403);
  }
});

test("CVE-2024-24593: a page of another site changes nothing, whatever cookie it has", async () => {
  const api = await startSecuredApi(database);
  const session = await api.signIn(await api.makeUser(`csrf-${Date.now()}`, { administrator: true }));
  const create = (headers: Readonly<Record<string, string>>) =>
    post(
      `${api.url}/api/2.0/mlflow/experiments/create`,
      { name: `by ${Math.random()}` },
      { ...session, ...headers },
    );
  expect((await create({})).status).toBe(200);
  expect((await create({ origin: "https://evil.example" })).status).toBe(403);
  expect((await create({ "sec-fetch-site": "cross-site" })).status).toBe(403);
});

test("CVE-2024-24592: files are nobody's who is not signed in", async () => {
  const { url } = await startSecuredApi(database);
  for (const target of [
    "/api/2.0/mlflow-artifacts/artifacts?path=0",
    "/api/2.0/mlflow-artifacts/artifacts/0/a/artifacts/x",
    "/get-artifact?run_id=a&path=x",
    "/artifacts/runs/a/x",
  ])
    expect([target, (await send(url, "GET", target)).status]).toEqual([target, 401]);
});

test("CVE-2023-6568: nothing that was sent comes back as a page", async () => {
  const { url } = await startWithSecret();
  const script = "<script>alert(1)</script>";
  for (const headers of [
    { "content-type": script },
    { "content-type": `text/html; ${script}` },
    { accept: script },
  ]) {
    const answer = await send(url, "POST", `/api/2.0/mlflow/runs/create?${enc(script)}`, {
      headers,
      body: script,
    });
    expect(answer.headers["content-type"]).not.toContain("html");
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  }
});

test("CVE-2024-24594, CVE-2024-39272, CVE-2024-27132, CVE-2024-27133: an artifact that is a page runs apart from ours", async () => {
  const { url, runId } = await startWithSecret();
  for (const name of ["page.html", "page.svg", "page.xhtml", "page"]) {
    const target = `/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/${name}`;
    await send(url, "PUT", target, { body: "<html><script>alert(1)</script></html>" });
    const shown = await send(url, "GET", `/artifacts/runs/${runId}/${name}`);
    expect([name, shown.status]).toEqual([name, 200]);
    const policy = String(shown.headers["content-security-policy"] ?? "");
    const isSaved = String(shown.headers["content-disposition"] ?? "").startsWith("attachment");
    expect([name, isSaved || policy.startsWith("sandbox"), policy.includes("allow-same-origin")]).toEqual([
      name,
      true,
      false,
    ]);
  }
});

test.each([
  ["CVE-2025-0453", "POST", "/graphql"],
  ["CVE-2025-52967", "POST", "/ajax-api/2.0/mlflow/gateway-proxy"],
  ["CVE-2026-53995", "POST", "/api/2.0/mlflow/traces"],
  ["CVE-2026-115886", "POST", "/ajax-api/3.0/mlflow/scorer/invoke"],
  ["CVE-2024-7340", "GET", "/__weave/file/etc/passwd"],
  ["CVE-2021-43798", "GET", "/public/plugins/x/../../../../../../etc/passwd"],
  ["CVE-2021-41277", "GET", "/api/geojson?url=file:///etc/passwd"],
])("%s: there is no %s %s", async (_id, method, target) => {
  const { url } = await startWithSecret();
  const answer = await send(url, method, target, {
    headers: { "content-type": "application/json" },
    ...(method === "POST" ? { body: "{}" } : {}),
  });
  expect(answer.status).toBe(404);
  expect(answer.text).not.toContain("root:");
});

test("CVE-2025-4123: no target leads a browser to another site", async () => {
  const { url } = await startWithSecret();
  for (const target of [
    "//evil.example/..",
    "/\\evil.example",
    "/%5cevil.example/%2f..",
    "/x//evil.example/%3f/../..",
  ]) {
    const { status, headers } = await send(url, "GET", target);
    expect([target, status, headers.location]).toEqual([target, 404, undefined]);
  }
});

test.each([
  ["CVE-2025-32442", "APPLICATION/JSON"],
  ["CVE-2025-32442", "application/json ; charset=utf-8"],
  ["CVE-2026-25223", "application/json\ta"],
  ["CVE-2026-3419", "application/json garbage"],
  ["CVE-2026-33806", " application/json"],
  ["CVE-2026-33806", "application/jsonx"],
])("%s: content type %j is no way past the check of a body", async (_id, type) => {
  const { url } = await startWithSecret();
  const body = JSON.stringify({ experiment_id: { not: "a text" }, start_time: "never" });
  const answer = await send(url, "POST", "/api/2.0/mlflow/runs/create", {
    headers: { "content-type": type },
    body,
  });
  expect([400, 415]).toContain(answer.status);
});
