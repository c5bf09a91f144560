import "@runweir/http";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { DomainError } from "@runweir/errors";
import { attachment, sendFile } from "@runweir/file-response";
import type { Caller } from "@runweir/identity-domain";
import type { FileLinks, LinkMaker, Snapshots } from "@runweir/snapshot-domain";
import type { FastifyPluginAsync } from "fastify";
import { z } from "zod";
import { readNumber } from "./read-number.ts";

export interface FileLinkOptions {
  readonly snapshots: Pick<Snapshots, "list" | "describe">;
  readonly links: FileLinks;
  /** Whether what a link was made with is still good: it ends with that. */
  isGood(maker: LinkMaker): Promise<boolean>;
  /** Keeps a snapshot's files from being given up for so long. */
  keep(workspace: string, snapshot: number, seconds: number): Promise<unknown>;
  /** Local paths of a snapshot's files by table, until released. */
  open(
    workspace: string,
    choice: { readonly snapshot: number },
  ): Promise<{ readonly tables: Readonly<Record<string, readonly string[]>>; release(): void }>;
  readonly now: () => Date;
}

const parquetType = "application/vnd.apache.parquet";
/** How often it is asked about while a file is read. */
const checkMs = 500;
const secondsMin = 60;
const secondsMax = 7 * 86_400;
const secondsDefault = 3_600;

const body = z
  .strictObject({
    tables: z.array(z.string()).optional(),
    seconds: z.int().min(secondsMin).max(secondsMax).default(secondsDefault),
  })
  .prefault({});

/** Links to a snapshot's Parquet files, and the files behind them; README.md says what they are. */
export function fileLinkRoutes(options: FileLinkOptions): FastifyPluginAsync {
  const { snapshots, links } = options;

  async function resolve(caller: Caller, text: string): Promise<number> {
    if (text !== "latest") return readNumber(text);
    const { current } = await snapshots.list(caller);
    if (current) return current.number;
    throw new DomainError("not_found", "There is no snapshot yet.", { field: "number" });
  }

  return async (door) => {
    door.post<{ Params: { readonly number: string } }>(
      "/api/snapshots/:number/links",
      { config: { permission: "experiment.read" } },
      async ({ caller, params, body: given }) => {
        const { tables: wanted, seconds } = readBody(given);
        const number = await resolve(caller, params.number);
        const content = await snapshots.describe(caller, number);
        const known = content.tables.map(({ name }) => name);
        const missing = wanted?.find((name) => !known.includes(name));
        if (missing !== undefined)
          throw new DomainError(
            "invalid_argument",
            `tables has '${missing}'; the snapshot has ${known.join(", ")}.`,
            { field: "tables" },
          );
        const expiresAt = new Date(options.now().getTime() + seconds * 1_000);
        const terms = { workspace: caller.workspace, maker: makerOf(caller), expiresAt };
        await options.keep(caller.workspace, number, seconds);
        return {
          snapshot: number,
          created_at: content.createdAt,
          expires_at: expiresAt,
          schema_version: content.schemaVersion,
          hidden_runs: content.hiddenRuns,
          tables: content.tables
            .filter(({ name }) => wanted?.includes(name) ?? true)
            .map((table) => ({
              name: table.name,
              rows: table.rows,
              files: table.files.map(({ path, rows, bytes, sha256 }) => {
                const name = basename(path);
                const token = links.sign(terms, { snapshot: number, table: table.name, name });
                const url = `/api/snapshots/${number}/files/${token}/${table.name}/${name}`;
                return { url, rows, bytes, sha256 };
              }),
            })),
        };
      },
    );

    door.route<{ Params: Readonly<Record<"number" | "token" | "table" | "name", string>> }>({
      method: ["GET", "HEAD"],
      url: "/api/snapshots/:number/files/:token/:table/:name",
      exposeHeadRoute: false,
      // The signature is the permission: whoever reads files has no session.
      config: { permission: "public" },
      async handler(request, reply) {
        const { token, table, name } = request.params;
        const snapshot = readNumber(request.params.number);
        const { workspace, maker } = links.open(token, { snapshot, table, name });
        if (!(await options.isGood(maker)))
          throw new DomainError(
            "permission_denied",
            "This link has ended together with the token, the session or the account it was made with; ask for new ones.",
            { reason: "link_revoked" },
          );
        const opened = await options.open(workspace, { snapshot });
        if (reply.raw.closed) opened.release();
        else reply.raw.once("close", opened.release);
        const path = opened.tables[table]?.find((one) => basename(one) === name);
        if (path === undefined)
          throw new DomainError("not_found", `Snapshot ${snapshot} has no file ${name} of ${table}.`);
        const { size, mtimeMs } = await stat(path);
        const file = {
          bytes: size,
          modifiedAt: Math.trunc(mtimeMs),
          // A file is never changed once it is written, and its name is never used again.
          etag: name,
          read: async (range?: { readonly start: number; readonly end: number }) =>
            createReadStream(path, range),
          close: async () => undefined,
        };
        const watch = setInterval(() => {
          options.isGood(maker).then(
            (isGood) => isGood || reply.raw.destroy(),
            // Whoever cannot be asked about now is asked about again.
            () => {},
          );
        }, checkMs).unref();
        reply.raw.once("close", () => clearInterval(watch));
        return sendFile(request as never, reply as never, file, {
          "content-type": parquetType,
          "content-disposition": attachment(name),
        });
      },
    });
  };
}

function makerOf({ principal: { kind, id }, origin }: Caller): LinkMaker {
  return { kind, id, tokenId: origin?.tokenId, sessionId: origin?.sessionId };
}

function readBody(given: unknown): z.infer<typeof body> {
  const result = body.safeParse(given ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join(".") || "body";
  throw new DomainError("invalid_argument", `${field}: ${issue?.message ?? "cannot be read"}.`, { field });
}
