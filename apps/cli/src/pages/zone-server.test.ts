import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startZone } from "./zone-server.ts";

/** A folder with a page server in it, as a build leaves one: it listens where it is told to. */
function zoneFolder(server: string): string {
  const folder = mkdtempSync(join(tmpdir(), "runweir-zone-"));
  writeFileSync(join(folder, "server.cjs"), server);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const answersItsId = `require("node:http")
  .createServer((request, response) => {
    if (request.url === "/die") process.exit(3);
    response.end(String(process.pid));
  })
  .listen(Number(process.env.PORT), process.env.HOSTNAME);`;

const options = (folder: string, problems: string[] = []) => ({
  name: "shell" as const,
  folder,
  environment: process.env,
  command: () => ["server.cjs"],
  onProblem: (message: string) => problems.push(message),
});

const ask = (url: string) => fetch(url).then((answer) => answer.text());

/** Asks until `wanted` holds; the test's own time limit ends it. */
async function until(wanted: () => Promise<boolean>): Promise<void> {
  while (!(await wanted())) await new Promise((next) => setTimeout(next, 10));
}

test("a zone answers when its start resolves, and is gone when its stop does", async () => {
  const zone = await startZone(options(zoneFolder(answersItsId)));
  expect(Number(await ask(zone.url))).toBeGreaterThan(0);
  await zone.stop();
  await expect(ask(zone.url)).rejects.toThrow();
});

test("one that dies is started again at the same address, and the operator hears of it", async () => {
  const problems: string[] = [];
  const zone = await startZone(options(zoneFolder(answersItsId), problems));
  const first = await ask(zone.url);
  await ask(`${zone.url}/die`).catch(() => {});
  await until(async () => (await ask(zone.url).catch(() => first)) !== first);
  expect(problems).toEqual([expect.stringContaining("The shell pages ended by themselves")]);
  await zone.stop();
});

test("one that cannot start says why", async () => {
  const folder = zoneFolder(`throw new Error("no pages today")`);
  await expect(startZone(options(folder))).rejects.toThrow(
    /The shell pages do not start: [\s\S]*no pages today/,
  );
});

test("when its starter is killed, a zone ends by itself", async () => {
  const folder = zoneFolder(answersItsId);
  const script = `
    const { startZone } = await import(${JSON.stringify(resolve(import.meta.dirname, "zone-server.ts"))});
    const zone = await startZone({
      name: "shell", folder: ${JSON.stringify(folder)}, environment: process.env,
      command: () => ["server.cjs"], onProblem() {},
    });
    console.log(zone.url);`;
  const starter: ChildProcess = spawn(process.execPath, ["--input-type=module", "-e", script]);
  const url = await new Promise<string>((done) =>
    starter.stdout?.once("data", (part: Buffer) => done(part.toString().trim())),
  );
  expect(Number(await ask(url))).toBeGreaterThan(0);
  starter.kill("SIGKILL");
  await until(async () => (await ask(url).catch(() => "gone")) === "gone");
});
