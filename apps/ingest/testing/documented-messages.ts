import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

const document = resolve(import.meta.dirname, "../../../libs/ingest/inbound/README.md");

/** The messages that the document shows, one a line, to the letter, by their type. */
export async function documentedMessages(): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(document, "utf8");
  const blocks = [...text.matchAll(/```jsonl\n([^`]*)\n```/g)].flatMap(
    ([, block]) => block?.split("\n") ?? [],
  );
  return new Map(blocks.map((line) => [(JSON.parse(line) as { type: string }).type, line]));
}
