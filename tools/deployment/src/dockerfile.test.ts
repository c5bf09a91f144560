import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { zones } from "@runweir/web-zones";
import { expect, test } from "vitest";
import { dockerFolder, root } from "./compose-file.ts";
import { readDockerfile } from "./dockerfile.ts";

const files = globSync("*.Dockerfile", { cwd: dockerFolder });
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  workspaces: readonly string[];
  devDependencies: Readonly<Record<string, string>>;
};

test("there is one Dockerfile per kind of service", () => {
  expect(files.sort()).toEqual([
    "api.Dockerfile",
    "ingest.Dockerfile",
    "warehouse.Dockerfile",
    "zone.Dockerfile",
  ]);
});

test.each(files)("%s copies what exists, and every workspace that the lock file names", (file) => {
  const { copied } = readDockerfile(join(dockerFolder, file));
  expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  for (const workspace of manifest.workspaces) expect(copied).toContain(workspace.split("/")[0]);
  expect(copied).toEqual(expect.arrayContaining(["package.json", "package-lock.json", ".npmrc"]));
});

test.each(files)("%s runs the Node that the repository runs, and not as root", (file) => {
  const { images, users } = readDockerfile(join(dockerFolder, file));
  expect(images.length).toBeGreaterThan(0);
  for (const image of images) expect(image).toBe(`node:${manifest.devDependencies.node}-bookworm-slim`);
  expect(users.at(-1)).toBe("node");
});

test.each(["api", "ingest", "warehouse"])("what %s.Dockerfile starts exists", (kind) => {
  const [program, ...args] = readDockerfile(join(dockerFolder, `${kind}.Dockerfile`)).command;
  const main = args.at(-1) ?? "";
  expect(program).toBe("node");
  expect(existsSync(join(root, main)), main).toBe(true);
});

test("zone.Dockerfile starts any zone of the table", () => {
  const [, , line] = readDockerfile(join(dockerFolder, "zone.Dockerfile")).command;
  expect(line).toMatch(/apps\/\$ZONE\/server\.js$/);
  for (const [zone, { app }] of Object.entries(zones)) expect(app).toBe(`apps/${zone}`);
});
