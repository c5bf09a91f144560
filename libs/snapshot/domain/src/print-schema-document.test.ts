import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { printSchemaDocument } from "./print-schema-document.ts";
import { tables } from "./schema.ts";

test("SCHEMA.md says what the schema is", () => {
  expect(readFileSync(new URL("../SCHEMA.md", import.meta.url), "utf8")).toBe(printSchemaDocument());
});

test("every table is numbered and sorted by columns it has, each once", () => {
  for (const table of tables) {
    const names = table.columns.map((column) => column.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining([table.number, ...table.order]));
  }
});
