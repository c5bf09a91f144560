import { expect } from "@playwright/test";
import { runPython, test } from "./server-fixture.ts";

const sql = `SELECT * FROM (VALUES (1, 'na\u00efve "b", c', 0.5::DOUBLE), (2, '=1+1', 'NaN'::DOUBLE), (3, NULL, 'Infinity'::DOUBLE))
t(n, words, value) ORDER BY n`;
const words = 'na\u00efve "b", c';
const whole = [
  [1, words, "0.5"],
  [2, "=1+1", "nan"],
  [3, null, "inf"],
];

/** Each saved file with a reader that is not ours, and what it must hold. */
const formats = [
  {
    label: "CSV",
    extension: "csv",
    reader: "list(csv.reader(open(path, newline='', encoding='utf-8-sig')))[1:]",
    // What a spreadsheet would run is text there.
    rows: [
      ["1", words, "0.5"],
      ["2", "'=1+1", "NaN"],
      ["3", "", "Infinity"],
    ],
  },
  {
    label: "Parquet",
    extension: "parquet",
    reader: "[[n, w, str(v)] for n, w, v in (row.values() for row in pq.read_table(path).to_pylist())]",
    rows: whole,
  },
  {
    label: "Arrow",
    extension: "arrow",
    reader:
      "[[n, w, str(v)] for n, w, v in (row.values() for row in pa.ipc.open_stream(path).read_all().to_pylist())]",
    rows: whole,
  },
  {
    label: "JSON",
    extension: "json",
    reader: "json.load(open(path, encoding='utf-8'))['rows']",
    rows: [
      [1, words, 0.5],
      [2, "=1+1", "NaN"],
      [3, null, "Infinity"],
    ],
  },
] as const;

test("a result is saved as CSV, Parquet, Arrow and JSON, and other readers find the same rows in each", async ({
  page,
  server,
}, testInfo) => {
  const made = await fetch(`${server}/api/snapshots`, { method: "POST" });
  expect(made.ok, await made.text()).toBe(true);
  await page.goto(`${server}/sql`);
  await page.getByRole("textbox", { name: "SQL statement" }).click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(sql);
  await page.keyboard.press("ControlOrMeta+Enter");
  const cells = page.getByRole("grid", { name: "Result" }).getByRole("gridcell");
  await expect(cells).toHaveCount(9);
  const readers: string[] = [];
  for (const { label, extension, reader } of formats) {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download" }).click();
    await page.getByRole("menuitem", { name: new RegExp(`^${label}`) }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(new RegExp(`\\.${extension}$`));
    const path = testInfo.outputPath(`result.${extension}`);
    await file.saveAs(path);
    readers.push(`(lambda path: ${reader})(${JSON.stringify(path)})`);
  }
  const printed = await runPython(
    server,
    `
import csv, json
import pyarrow as pa, pyarrow.parquet as pq
print(json.dumps([${readers.join(", ")}]))
`,
  ).finished;
  const read = JSON.parse(printed) as unknown[];
  for (const [index, { label, rows }] of formats.entries()) expect(read[index], label).toEqual(rows);
});
