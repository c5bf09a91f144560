import "@runweir/http";
import { Readable } from "node:stream";
import { DomainError } from "@runweir/errors";
import type { AuditEntry, AuditFilter, AuditReading } from "@runweir/identity-domain";
import type { FastifyPluginAsync } from "fastify";

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const parameters = ["actor", "action", "object_kind", "object_id", "text", "from", "to"] as const;

/**
 * `GET /api/audit.ndjson`: the entries that the caller may read, the oldest first, one JSON object per line, while they are read
 * from the database. Parameters filter it as the page's filters do; `from` and `to` are times like 2026-11-26T09:30:00Z.
 */
export function auditExport({ audit }: { readonly audit: AuditReading }): FastifyPluginAsync {
  return async (door) => {
    door.get<{ Querystring: Query }>(
      "/api/audit.ndjson",
      { config: { permission: "workspace.manage" } },
      async ({ caller, query }, reply) => {
        const pages = await audit.export(caller, readFilter(query));
        return reply
          .type("application/x-ndjson; charset=utf-8")
          .header("content-disposition", 'attachment; filename="runweir-audit.ndjson"')
          .header("cache-control", "no-store")
          .send(Readable.from(printLines(pages)));
      },
    );
  };
}

async function* printLines(pages: AsyncIterable<readonly AuditEntry[]>): AsyncGenerator<string> {
  for await (const page of pages) yield page.map((entry) => `${JSON.stringify(entry)}\n`).join("");
}

function readFilter(query: Query): AuditFilter {
  for (const name of Object.keys(query))
    if (!parameters.some((known) => known === name))
      throw refused("query", JSON.stringify(name), `parameters ${parameters.join(", ")}`);
  const text = (name: (typeof parameters)[number]): string | undefined => {
    const given = query[name];
    if (given === undefined || typeof given === "string") return given;
    throw refused(name, `${given.length} values`, "one");
  };
  const time = (name: "from" | "to"): number | undefined => {
    const given = text(name);
    if (given === undefined) return undefined;
    const read = /^\d{4}-\d\d-\d\d/.test(given) ? Date.parse(given) : Number.NaN;
    if (Number.isNaN(read)) throw refused(name, JSON.stringify(given), "a time like 2026-11-26T09:30:00Z");
    return read;
  };
  return {
    actorId: text("actor"),
    action: text("action"),
    objectKind: text("object_kind"),
    objectId: text("object_id"),
    text: text("text"),
    from: time("from"),
    to: time("to"),
  };
}

function refused(field: string, found: string, allowed: string): DomainError {
  return new DomainError("invalid_argument", `${field}: found ${found}, allowed is ${allowed}.`, { field });
}
