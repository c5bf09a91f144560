import type { ArtifactEntry, Artifacts } from "@runweir/artifacts-domain";
import { procedure, router } from "@runweir/trpc";
import { z } from "zod";
import { readText } from "./read-text.ts";

/** A page lists at most this many entries of a folder. */
const entriesMax = 5_000;
const pageSize = 1_000;
const idInput = z.string().min(1).max(64);
const inOrder = new Intl.Collator("en", { numeric: true });

const ownerInput = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("run"), runId: idInput }),
  z.object({ kind: z.literal("model"), modelId: idInput }),
]);

const place = z.object({
  owner: ownerInput,
  /** From the owner's root. */
  path: z.string().max(10_000),
});

/** Files of runs and logged models, for pages. Whole files have addresses of their own (`@runweir/artifacts-http`). */
export function createArtifactsRouter({ artifacts }: { readonly artifacts: Artifacts }) {
  return router({
    /** A whole folder, folders first; `truncated` when there is more than a page can show. */
    list: procedure("artifact.read")
      .input(place.partial({ path: true }))
      .query(async ({ ctx, input: { owner, path = "" } }) => {
        const entries: ArtifactEntry[] = [];
        let page = await artifacts.list(ctx.caller, owner, path, { limit: pageSize });
        entries.push(...page.entries);
        while (page.nextPageToken !== undefined && entries.length < entriesMax) {
          page = await artifacts.list(ctx.caller, owner, path, {
            limit: pageSize,
            pageToken: page.nextPageToken,
          });
          entries.push(...page.entries);
        }
        return {
          rootUri: page.rootUri,
          entries: entries.sort(foldersFirst),
          truncated: page.nextPageToken !== undefined,
        };
      }),
    /** The beginning of a file, at most `bytesMax` bytes of it, or that it is no text. */
    readText: procedure("artifact.read")
      .input(place.extend({ bytesMax: z.int().min(1).max(4_194_304).optional() }))
      .query(async ({ ctx, input: { owner, path, bytesMax = 262_144 } }) => {
        const { file } = await artifacts.open(ctx.caller, owner, path);
        return readText(file, bytesMax);
      }),
    /** A file or a whole folder. */
    delete: procedure("artifact.delete")
      .input(place)
      .mutation(({ ctx, input: { owner, path } }) => artifacts.delete(ctx.caller, owner, path)),
  });
}

function foldersFirst(a: ArtifactEntry, b: ArtifactEntry): number {
  if (a.kind !== b.kind) return a.kind === "folder" ? -1 : 1;
  return inOrder.compare(a.name, b.name);
}

export type ArtifactsApi = ReturnType<typeof createArtifactsRouter>;
