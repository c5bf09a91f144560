/**
 * `npm run check [-- name ...]`: everything that can be said about the sources without running the product, one line
 * each.
 */
import { checkNames, runChecks } from "./run-checks.ts";

const wanted = process.argv.slice(2);
const names = wanted.length > 0 ? checkNames.filter((name) => wanted.includes(name)) : checkNames;
if (names.length < wanted.length) {
  console.error(`Found ${wanted.join(" ")}, known are ${checkNames.join(", ")}.`);
  process.exitCode = 1;
} else if ((await runChecks(names)) > 0) process.exitCode = 1;
