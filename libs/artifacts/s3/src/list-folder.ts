import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import type { ArtifactPath, StoredEntry } from "@runweir/artifacts-domain";
import { DomainError } from "@runweir/errors";
import type { Bucket } from "./bucket.ts";

/** What one request answers at most. */
const keysMax = 1000;
const tokenMark = "s3.";

export async function listFolder(
  bucket: Bucket,
  folder: ArtifactPath,
  page: { readonly limit: number; readonly pageToken?: string | undefined },
): Promise<{ entries: readonly StoredEntry[]; nextPageToken?: string | undefined }> {
  const prefix = bucket.prefixOf(folder);
  const entries: StoredEntry[] = [];
  let next = page.pageToken === undefined ? undefined : readToken(page.pageToken);
  do {
    const answer = await bucket.client.send(
      new ListObjectsV2Command({
        Bucket: bucket.name,
        Prefix: prefix,
        Delimiter: "/",
        MaxKeys: Math.min(keysMax, page.limit - entries.length),
        ...(next === undefined ? {} : { ContinuationToken: next }),
      }),
    );
    for (const { Prefix = "" } of answer.CommonPrefixes ?? []) {
      entries.push({ kind: "folder", name: Prefix.slice(prefix.length, -1) });
    }
    for (const { Key = "", Size = 0, LastModified } of answer.Contents ?? []) {
      const name = Key.slice(prefix.length);
      entries.push({ kind: "file", name, bytes: Size, modifiedAt: LastModified?.getTime() ?? 0 });
    }
    next = answer.NextContinuationToken;
  } while (next !== undefined && entries.length < page.limit);
  return {
    // Other tools leave objects that stand for folders, and keys that no path of ours can name.
    entries: entries
      .filter(({ name }) => !["", ".", ".."].includes(name))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    nextPageToken: next === undefined ? undefined : Buffer.from(tokenMark + next).toString("base64url"),
  };
}

function readToken(token: string): string {
  const text = Buffer.from(token, "base64url").toString();
  if (text.startsWith(tokenMark)) return text.slice(tokenMark.length);
  throw new DomainError("invalid_argument", "Invalid page_token: it was not given out by this listing.", {
    field: "page_token",
  });
}
