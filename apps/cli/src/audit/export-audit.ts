import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type AuditEntry, type Caller, createAuditReading } from "@runweir/identity-domain";
import { createAuditLog, createAuditStore } from "@runweir/identity-postgres";
import type { Database } from "@runweir/postgres";

export async function exportAudit(
  database: Database,
  options: {
    readonly caller: Caller;
    readonly from: number | undefined;
    readonly output: NodeJS.WritableStream;
  },
): Promise<number> {
  const reading = createAuditReading({
    store: createAuditStore({ database }),
    log: createAuditLog({ database }),
  });
  const pages = await reading.export(options.caller, { from: options.from });
  await pipeline(Readable.from(printLines(pages)), options.output, { end: false });
  return 0;
}

async function* printLines(pages: AsyncIterable<readonly AuditEntry[]>): AsyncGenerator<string> {
  for await (const page of pages) yield page.map((entry) => `${JSON.stringify(entry)}\n`).join("");
}
