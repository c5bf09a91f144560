import { createHmac, timingSafeEqual } from "node:crypto";
import { DomainError } from "@runweir/errors";

/** A file of a snapshot, as a link names it. */
export interface LinkedFile {
  readonly snapshot: number;
  readonly table: string;
  /** `<id>.parquet` */
  readonly name: string;
}

export interface FileLinks {
  /** A text for a path: whoever has it may read this file until the link ends. */
  sign(workspace: string, file: LinkedFile, expiresAt: Date): string;
  /** Whose file it is. `permission_denied` when the link has ended, is another file's, or was never ours. */
  open(token: string, file: LinkedFile): { readonly workspace: string; readonly expiresAt: Date };
}

/** Links that need no sign-in: a signature (HMAC-SHA256) over the file, its workspace and the end of the link. */
export function createFileLinks(options: { readonly key: Uint8Array; readonly now: () => Date }): FileLinks {
  const signatureOf = (claim: string, { snapshot, table, name }: LinkedFile): Buffer =>
    createHmac("sha256", options.key)
      .update(JSON.stringify([claim, snapshot, table, name]))
      .digest();

  return {
    sign(workspace, file, expiresAt) {
      const claim = Buffer.from(JSON.stringify([workspace, Math.floor(expiresAt.getTime() / 1_000)]));
      const encoded = claim.toString("base64url");
      return `${encoded}.${signatureOf(encoded, file).toString("base64url")}`;
    },

    open(token, file) {
      const [claim = "", signature = ""] = token.split(".");
      const expected = signatureOf(claim, file);
      const given = Buffer.from(signature, "base64url");
      if (given.length !== expected.length || !timingSafeEqual(given, expected))
        throw new DomainError("permission_denied", "This link is not one of this server's, or was changed.", {
          reason: "link_invalid",
        });
      const [workspace, seconds] = JSON.parse(Buffer.from(claim, "base64url").toString("utf8")) as [
        string,
        number,
      ];
      const expiresAt = new Date(seconds * 1_000);
      if (options.now() >= expiresAt)
        throw new DomainError(
          "permission_denied",
          `This link ended at ${expiresAt.toISOString()}; ask for new ones.`,
          { reason: "link_expired" },
        );
      return { workspace, expiresAt };
    },
  };
}
