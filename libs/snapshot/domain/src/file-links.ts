import { createHmac, timingSafeEqual } from "node:crypto";
import { DomainError } from "@runweir/errors";
import type { Principal } from "@runweir/identity-domain";

/** A file of a snapshot, as a link names it. */
export interface LinkedFile {
  readonly snapshot: number;
  readonly table: string;
  /** `<id>.parquet` */
  readonly name: string;
}

/** Who made a link, and with what: it is good for as long as that is. */
export interface LinkMaker {
  readonly kind: Principal["kind"];
  readonly id: string;
  readonly tokenId?: string | undefined;
  readonly sessionId?: string | undefined;
}

export interface LinkTerms {
  readonly workspace: string;
  readonly maker: LinkMaker;
  readonly expiresAt: Date;
}

export interface FileLinks {
  /** A text for a path: whoever has it may read this file until the link ends. */
  sign(terms: LinkTerms, file: LinkedFile): string;
  /** Whose file it is. `permission_denied` when the link has ended, is another file's, or was never ours. */
  open(token: string, file: LinkedFile): LinkTerms;
}

/** Links that need no sign-in: a signature (HMAC-SHA256) over the file, its workspace, who made it and its end. */
export function createFileLinks(options: { readonly key: Uint8Array; readonly now: () => Date }): FileLinks {
  const signatureOf = (claim: string, { snapshot, table, name }: LinkedFile): Buffer =>
    createHmac("sha256", options.key)
      .update(JSON.stringify([claim, snapshot, table, name]))
      .digest();

  return {
    sign({ workspace, maker, expiresAt }, file) {
      const claim = Buffer.from(JSON.stringify([workspace, Math.floor(expiresAt.getTime() / 1_000), maker]));
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
      const [workspace, seconds, maker] = JSON.parse(Buffer.from(claim, "base64url").toString("utf8")) as [
        string,
        number,
        LinkMaker,
      ];
      const expiresAt = new Date(seconds * 1_000);
      if (options.now() >= expiresAt)
        throw new DomainError(
          "permission_denied",
          `This link ended at ${expiresAt.toISOString()}; ask for new ones.`,
          { reason: "link_expired" },
        );
      return { workspace, maker, expiresAt };
    },
  };
}
