import { DomainError } from "@runweir/errors";
import type { Database } from "@runweir/postgres";
import {
  createDeadLetterStore,
  type DeadLetterContent,
  describeDeadLetter,
} from "@runweir/tracking-postgres";
import { oneLine, printTable } from "../print-table.ts";
import { type DeadLetterOptions, printTime, toJson } from "./dead-letter-options.ts";

const bytesShown = 1_024;
const linesShown = 200;

export async function showDeadLetter(database: Database, options: DeadLetterOptions): Promise<number> {
  const [id, ...others] = options.ids;
  if (id === undefined || others.length > 0)
    throw new DomainError("invalid_argument", "dead-letters show: one ID is needed.");
  const letter = await createDeadLetterStore({ database }).get(id);
  const content = await describeDeadLetter(letter);
  if (options.json) {
    const body = Buffer.from(letter.body).toString("base64");
    options.print(JSON.stringify({ ...toJson(letter), content, body_base64: body }, undefined, 2));
    return 0;
  }
  const facts: readonly (readonly [string, string])[] = [
    ["ID", String(letter.id)],
    ["set aside", printTime(letter.setAsideAt)],
    ["replayed", letter.replayedAt ? printTime(letter.replayedAt) : "no"],
    ["reason", letter.reason],
    ["explanation", letter.explanation],
    ["from", `${letter.source}, partition ${letter.partition}, offset ${letter.offset}`],
    ["workspace", letter.workspace ?? "not said"],
    ["run", letter.runId ?? "not said"],
    ...Object.entries(letter.headers).map(([name, value]) => [`header ${name}`, value] as const),
    ["bytes", String(letter.bytes)],
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  options.print(facts.map(([name, value]) => `${name.padEnd(width)}  ${oneLine(value)}`).join("\n"));
  options.print(`\n${printContent(content, letter.body, options.width)}`);
  return 0;
}

function printContent(content: DeadLetterContent, body: Uint8Array, width: number): string {
  switch (content.kind) {
    case "points":
      return firstLines(
        printTable(
          [
            { title: "RUN", cell: ({ runId }) => runId },
            { title: "METRIC", cell: ({ key }) => key },
            { title: "POINTS", right: true, cell: ({ points }) => String(points) },
            { title: "STEPS", cell: ({ firstStep, lastStep }) => `${firstStep} to ${lastStep}` },
          ],
          content.series,
          width,
        ),
      );
    case "json":
      return firstLines(JSON.stringify(content.message, undefined, 2));
    case "bytes":
      return printHex(body);
  }
}

function firstLines(text: string): string {
  const lines = text.split("\n");
  if (lines.length <= linesShown) return text;
  return `${lines.slice(0, linesShown).join("\n")}\n... ${lines.length - linesShown} more lines; --json has all.`;
}

/** Offset, bytes in hexadecimal, and those of them that are printable ASCII. */
function printHex(body: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < Math.min(body.length, bytesShown); at += 16) {
    const bytes = [...body.subarray(at, Math.min(at + 16, bytesShown))];
    const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const text = bytes.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : ".")).join("");
    lines.push(`${at.toString(16).padStart(8, "0")}  ${hex.padEnd(47)}  ${text}`);
  }
  if (body.length > bytesShown) lines.push(`... ${body.length - bytesShown} more bytes; --json has all.`);
  return lines.length > 0 ? lines.join("\n") : "It has no bytes.";
}
