import { DomainError } from "@runweir/errors";
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from "jose";
import type { InstanceKeys } from "./instance-keys.ts";
import { SecretText } from "./secret-text.ts";

/** Encrypts small texts, each for one purpose. */
export interface SecretBox {
  /** Of the key that new texts are encrypted under. */
  readonly kid: string;
  /** `context` says what the text is for and where it is kept: `decrypt` gives it back for the same context only. */
  encrypt(text: SecretText, context: string): Promise<string>;
  /** Fails with `failed_precondition` saying what is wrong: another key, another context, an altered text. */
  decrypt(ciphertext: string, context: string): Promise<SecretText>;
}

const textMax = 65_536;
const purpose = "secret box";

/**
 * JWE in its compact form (RFC 7516): `dir` with A256GCM. The protected header names the key (`kid`) and the context (`ctx`),
 * and is authenticated with the text, so that neither can be exchanged.
 */
export function createSecretBox({ keys }: { readonly keys: InstanceKeys }): SecretBox {
  const byKid = new Map(keys.map((key) => [key.kid, key.derive(purpose)]));
  const [first] = keys;
  return {
    kid: first.kid,

    async encrypt(text, context) {
      const bytes = new TextEncoder().encode(text.reveal());
      if (bytes.length > textMax)
        throw new DomainError(
          "invalid_argument",
          `The secret has ${bytes.length} bytes; at most ${textMax} are allowed.`,
        );
      return new CompactEncrypt(bytes)
        .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid: first.kid, ctx: context })
        .encrypt(first.derive(purpose));
    },

    async decrypt(ciphertext, context) {
      const header = readHeader(ciphertext);
      const key = byKid.get(header.kid ?? "");
      if (header.ctx !== context) throw unreadable("it was encrypted for something else");
      if (key === undefined)
        throw unreadable(
          `it was encrypted under the key ${header.kid}, which is not among the installation's (${[...byKid.keys()].join(", ")}). Add that key again behind the first, or enter the secret anew`,
        );
      const { plaintext } = await compactDecrypt(ciphertext, key, {
        keyManagementAlgorithms: ["dir"],
        contentEncryptionAlgorithms: ["A256GCM"],
      }).catch((cause: unknown) => {
        throw unreadable("it was altered", cause);
      });
      return new SecretText(new TextDecoder().decode(plaintext));
    },
  };
}

function readHeader(ciphertext: string): { readonly kid?: string; readonly ctx?: unknown } {
  try {
    return decodeProtectedHeader(ciphertext);
  } catch (cause) {
    throw unreadable("it was altered", cause);
  }
}

function unreadable(why: string, cause?: unknown): DomainError {
  return new DomainError("failed_precondition", `The secret cannot be read: ${why}.`, {
    reason: "secret_unreadable",
    cause,
  });
}
