import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { request as httpRequest, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fillAudit } from "@runweir/identity-postgres/testing";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { listenLocally } from "../testing/listen-locally.ts";
import { startApiProcess } from "../testing/start-api-process.ts";
import { startSecuredApi } from "../testing/start-secured-api.ts";
import { createRun, post, startTestApi } from "../testing/start-test-api.ts";
import { migrationFolders } from "./prepare-database.ts";

/** What others have been attacked by through what they send, run, show and stand on; docs/past-vulnerabilities.md lists all. */

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeEach(async () => {
  await database?.drop();
  database = await createTestDatabase(migrationFolders);
});
afterAll(() => database.drop());

test("CVE-2026-2393, CVE-2026-64849: no webhook leads to an address inside, by itself, by a name or by a redirect", async () => {
  let reached = 0;
  const inside = await listenLocally((_request, response) => {
    reached += 1;
    response.end("inside");
  }, "127.0.0.2");
  const { port } = new URL(inside);
  const outside = await listenLocally(
    (_request, response) => void response.writeHead(307, { location: inside }).end(),
  );
  // Administrators have named one host; what it names itself they have not. Names that turn: libs/webhooks/delivery.
  const { url } = await startTestApi(database.url, { RUNWEIR_WEBHOOK_PRIVATE_HOSTS: "127.0.0.1" });
  const webhooks = `${url}/api/2.0/mlflow/webhooks`;
  const events = [{ entity: "MODEL_VERSION_ALIAS", action: "CREATED" }];
  for (const [place, target] of [
    outside,
    `https://127.0.0.2:${port}/`,
    `https://localhost:${port}/`,
    `https://2130706434:${port}/`,
    `https://[::ffff:127.0.0.2]:${port}/`,
    "https://169.254.169.254/latest/meta-data",
  ].entries()) {
    const made = await post(webhooks, { name: `w${place}`, url: target, events });
    const { webhook } = (await made.json()) as { webhook: { webhook_id: string } };
    const tried = await (await post(`${webhooks}/${webhook.webhook_id}/test`, {})).json();
    expect([target, tried]).toMatchObject([
      target,
      {
        result: { success: false, error_message: expect.stringMatching(/not on the public|only for hosts/) },
      },
    ]);
  }
  for (const target of [inside, "file:///etc/passwd", `https://user:pass@127.0.0.2:${port}/`])
    expect([target, (await post(webhooks, { name: "refused", url: target, events })).status]).toEqual([
      target,
      400,
    ]);
  expect(reached).toBe(0);
});

test("CVE-2024-24590: files that are programs are kept, shown and compared, and never run", async () => {
  const { url, home } = await startTestApi(database.url);
  const mark = join(home, "ran");
  const { run_id: runId } = await createRun(url);
  const put = (path: string, body: string) =>
    fetch(`${url}/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/${path}`, { method: "PUT", body });
  for (const [path, body] of [
    ["model/model.pkl", `cos\nsystem\n(S'touch ${mark}'\ntR.`],
    [
      "model/MLmodel",
      `flavors:
  python_function: !!python/object/apply:os.system ["touch ${mark}"]
  other: !!js/function "function () { require('node:fs').writeFileSync('${mark}', '') }"
signature: !!python/object/new:os.system ["touch ${mark}"]
`,
    ],
    ["model/requirements.txt", `numpy\n$(touch ${mark})\n`],
    ["model/__init__.py", `import os; os.system("touch ${mark}")`],
  ] as const)
    expect((await put(path, body)).status).toBe(200);
  const mlflow = (path: string, body: object) => post(`${url}/api/2.0/mlflow/${path}`, body);
  await mlflow("registered-models/create", { name: "loaded" });
  for (const version of [1, 2]) {
    const made = await mlflow("model-versions/create", { name: "loaded", source: `runs:/${runId}/model` });
    expect([version, made.status]).toEqual([version, 200]);
  }
  await mlflow("registered-models/alias", { name: "loaded", alias: "champion", version: "1" });
  const review = await post(`${url}/api/reviews`, { model: "loaded", version: 2, target: "@champion" });
  expect(review.status).toBe(200);
  const { id } = (await review.json()) as { id: number };
  const seen = [
    `/api/reviews/${id}`,
    `/artifacts/runs/${runId}/model/model.pkl`,
    `/model-versions/get-artifact?name=loaded&version=2&path=MLmodel`,
    `/api/2.0/mlflow/artifacts/list?run_id=${runId}&path=model`,
    `/trpc/artifacts/readText?input=${encodeURIComponent(JSON.stringify({ owner: { kind: "run", runId }, path: "model/MLmodel" }))}`,
  ];
  for (const path of seen) expect([path, (await fetch(`${url}${path}`)).status]).toEqual([path, 200]);
  expect(existsSync(mark)).toBe(false);
});

test("CVE-2023-38646: what makes the first administrator is told by no route, kept nowhere and good once", async () => {
  const { api, url, home } = await startSecuredApi(database);
  const token = api.firstAdministratorPath?.split("/").at(-1) ?? "";
  expect(token.length).toBeGreaterThan(30);
  const expectUntold = async (headers: Readonly<Record<string, string>>) => {
    for (const { method, url: path } of api.server.routeTable) {
      if (method !== "GET" && method !== "POST") continue;
      const target = `${url}${path.replaceAll("*", "identity/account.current").replaceAll(/:\w+/g, "1")}`;
      const init = method === "GET" ? {} : { body: "{}" };
      const answer = await fetch(target, {
        method,
        headers: { ...headers, ...(method === "GET" ? {} : { "content-type": "application/json" }) },
        ...init,
        signal: AbortSignal.timeout(10_000),
      });
      expect([path, (await answer.text()).includes(token)]).toEqual([path, false]);
    }
  };
  await expectUntold({});
  const tables = await database.query<{ name: string }>(
    "SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')",
  );
  expect(tables.length).toBeGreaterThan(20);
  for (const { name } of tables)
    expect([
      name,
      await database.query(`SELECT FROM ${name} t WHERE strpos(t::text, '${token}') > 0`),
    ]).toEqual([name, []]);
  expect(JSON.stringify(await readdir(home, { recursive: true }))).not.toContain(token);
  const become = (username: string) =>
    post(`${url}/api/auth/welcome`, { token, username, password: "correct horse battery" });
  expect([(await become("ann")).status, (await become("eve")).status]).toEqual([200, 404]);
});

test("CVE-2025-55182: what calls functions of the pages' framework does not reach it", async () => {
  const asked: (string | undefined)[] = [];
  const zone = await listenLocally((request, response) => {
    asked.push(request.method);
    response.writeHead(200, { "content-type": "text/html" }).end("page");
  });
  const { url } = await startTestApi(database.url, {}, { shell: zone, tracking: zone });
  const form = new FormData();
  form.append(
    "0",
    '{"then":"$1:__proto__:then","status":"resolved_model","reason":-1,"value":"{\\"then\\":\\"$B0\\"}"}',
  );
  form.append("1", '"$@0"');
  for (const path of ["/", "/experiments", "/runs/1", "/sign-in"])
    for (const [method, headers] of [
      ["POST", { "next-action": "x" }],
      ["POST", { "next-action": "x", rsc: "1", "x-http-method-override": "GET" }],
      ["PUT", { "next-action": "x" }],
      ["PATCH", { "next-action": "x" }],
      ["DELETE", { "next-action": "x" }],
    ] as const) {
      const answer = await fetch(`${url}${path}`, { method, headers, body: form });
      expect([path, method, answer.status >= 400 && answer.status < 500]).toEqual([path, method, true]);
    }
  expect(asked).toEqual([]);
  expect(await (await fetch(url)).text()).toBe("page");
  expect(asked).toEqual(["GET"]);
});

test("CVE-2026-25224: who asks for much and reads nothing is not waited for with all of it in memory", async () => {
  const { url, home, api } = await startTestApi(database.url);
  const sockets: Socket[] = [];
  api.server.server.on("connection", (socket: Socket) => sockets.push(socket));
  const { run_id: runId } = await createRun(url);
  const folder = join(home, "artifacts/0", runId, "artifacts");
  await mkdir(folder, { recursive: true });
  const bytes = 512 * 1024 * 1024;
  await writeFile(join(folder, "large"), "");
  await truncate(join(folder, "large"), bytes);
  await fillAudit(database, 40_000);
  for (const [path, whole] of [
    [`/get-artifact?run_id=${runId}&path=large`, bytes],
    ["/api/audit.ndjson", 40_000 * 600],
  ] as const) {
    const outgoing = httpRequest(`${url}${path}`, { agent: false });
    onTestFinished(() => void outgoing.destroy());
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.on("response", resolve).on("error", reject).end();
    });
    expect(answer.statusCode).toBe(200);
    answer.pause();
    const socket = sockets.find(({ remotePort }) => remotePort === outgoing.socket?.localPort);
    let before = -1;
    // What is handed to the connection, sent or waiting, comes to an end though nobody reads.
    const hasStopped = () => {
      const now = socket?.bytesWritten ?? 0;
      const same = now === before && now > 0;
      before = now;
      return same;
    };
    await expect.poll(hasStopped, { interval: 300, timeout: 20_000 }).toBe(true);
    expect([path, before < whole / 2]).toEqual([path, true]);
  }
});

test("CVE-2022-0736: nothing that is received lies in the folder that all of a machine share", async () => {
  const home = await mkdtemp(join(tmpdir(), "runweir-home-"));
  const common = await mkdtemp(join(tmpdir(), "runweir-common-"));
  onTestFinished(async () => {
    for (const folder of [home, common]) await rm(folder, { recursive: true });
  });
  // What cannot be written to would be said.
  const url = await startApiProcess(database.url, {
    RUNWEIR_HOME: home,
    RUNWEIR_SECRET_KEY: randomBytes(32).toString("base64"),
    TMPDIR: join(common, "absent"),
  });
  const { run_id: runId } = await createRun(url);
  const own = `0/${runId}/artifacts`;
  const proxied = `${url}/api/2.0/mlflow-artifacts`;
  const body = "x".repeat(1_000_000);
  expect((await fetch(`${proxied}/artifacts/${own}/a`, { method: "PUT", body })).status).toBe(200);
  const upload = `${url}/ajax-api/2.0/mlflow/upload-artifact?run_uuid=${runId}&path=b`;
  expect((await fetch(upload, { method: "POST", body })).status).toBe(200);
  const begun = await post(`${proxied}/mpu/create/${own}`, { path: "c", num_parts: 1 });
  expect(begun.status).toBe(200);
  const { upload_id, credentials } = (await begun.json()) as {
    upload_id: string;
    credentials: { url: string }[];
  };
  const part = await fetch(new URL(credentials[0]?.url ?? "", url), { method: "PUT", body });
  expect(part.status).toBe(200);
  const parts = [{ part_number: 1, etag: part.headers.get("etag") ?? "" }];
  expect((await post(`${proxied}/mpu/complete/${own}`, { path: "c", upload_id, parts })).status).toBe(200);
  for (const path of ["a", "b", "c"])
    expect((await (await fetch(`${url}/get-artifact?run_id=${runId}&path=${path}`)).text()).length).toBe(
      body.length,
    );
  expect(await readdir(common)).toEqual([]);
});
