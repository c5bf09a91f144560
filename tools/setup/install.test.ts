import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

const lock = (version: string) =>
  JSON.stringify({
    packages: {
      "": {},
      "node_modules/ours": { resolved: "libs/ours", link: true },
      "node_modules/left": { version },
      "node_modules/elsewhere": { version, optional: true, os: ["plan9"], cpu: ["mips"] },
    },
  });

/** A clone with nothing installed, and an npm that does what its script says. */
function clone(npm = "require('node:fs').appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n')") {
  const root = mkdtempSync(join(tmpdir(), "runweir-install-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const write = (file: string, text: string) => {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  mkdirSync(join(root, "tools/setup"), { recursive: true });
  cpSync(join(import.meta.dirname, "install.mjs"), join(root, "tools/setup/install.mjs"));
  write("package-lock.json", lock("1.0.0"));
  write("npm.cjs", `${npm}; require('node:fs').mkdirSync('node_modules', { recursive: true })`);
  const run = () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "tools/setup/install.mjs")], {
      cwd: tmpdir(),
      encoding: "utf8",
      env: { ...process.env, npm_execpath: join(root, "npm.cjs") },
    });
    return { status, output: stdout + stderr };
  };
  const calls = () =>
    existsSync(join(root, "calls")) ? readFileSync(join(root, "calls"), "utf8").trim().split("\n") : [];
  return { root, write, run, calls };
}

/** What npm leaves behind when somebody runs it by hand. */
function installByHand(write: (file: string, text: string) => void, version: string): void {
  write("node_modules/.bin/node", "");
  write("node_modules/ours/package.json", "{}");
  write("node_modules/left/package.json", "{}");
  write(
    "node_modules/.package-lock.json",
    JSON.stringify({ packages: { "node_modules/left": { version } } }),
  );
}

test("a bare clone is installed, saying so; the second time there is silence", () => {
  const { run, calls } = clone();
  const first = run();
  expect(first.status).toBe(0);
  expect(first.output).toMatch(/^Installing packages/);
  expect(calls()).toEqual([expect.stringMatching(/^ci /)]);
  expect(run()).toEqual({ status: 0, output: "" });
  expect(calls()).toHaveLength(1);
});

test("another lockfile is installed anew", () => {
  const { run, calls, write } = clone();
  run();
  write("package-lock.json", lock("2.0.0"));
  expect(run().output).toMatch(/^Installing packages/);
  expect(calls()).toHaveLength(2);
});

test("what somebody installed by hand is not installed again", () => {
  const { run, calls, write } = clone();
  installByHand(write, "1.0.0");
  expect(run()).toEqual({ status: 0, output: "" });
  expect(calls()).toEqual([]);
});

test("unless it is another version", () => {
  const { run, calls, write } = clone();
  installByHand(write, "0.9.0");
  run();
  expect(calls()).toHaveLength(1);
});

test("without a network it says what to do, and tries again the next time", () => {
  const { root, run, write } = clone(
    "console.error('npm error code ENOTFOUND\\nnpm error network'); process.exit(1)",
  );
  const { status, output } = run();
  expect(status).toBe(1);
  expect(output).toMatch(/could not be installed: the package registry cannot be reached\. Connect/);
  write("npm.cjs", "require('node:fs').mkdirSync('node_modules')");
  expect(run().status).toBe(0);
  expect(existsSync(join(root, "node_modules/.runweir-lock"))).toBe(true);
});

test("any other failure of npm is shown in its own words", () => {
  const { run } = clone("console.error('npm error code EINTEGRITY'); process.exit(1)");
  const { status, output } = run();
  expect(status).toBe(1);
  expect(output).toMatch(/EINTEGRITY[\s\S]*npm's own words are above/);
});
