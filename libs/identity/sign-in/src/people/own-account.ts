import { DomainError } from "@runweir/errors";
import {
  type Caller,
  checkPassword,
  checkPersonName,
  type OwnAccount,
  requirePermission,
} from "@runweir/identity-domain";
import { hashPassword } from "better-auth/crypto";
import type { PasswordCheck } from "../identify/password-check.ts";
import type { SignInParts } from "../sign-in-parts.ts";
import { putPassword } from "./user-rows.ts";

export function createOwnAccount(parts: SignInParts & { readonly checkPassword: PasswordCheck }): OwnAccount {
  const { database, enter } = parts;
  return {
    async rename(caller, given) {
      const id = userOf(caller);
      const name = checkPersonName(given);
      await database.transaction(async (client) => {
        await client.query(`UPDATE identity."user" SET name = $2, updated_at = now() WHERE id = $1`, [
          id,
          name,
        ]);
        await enter(client, caller, {
          action: "user.update",
          object: { id, name: caller.principal.name },
          after: { name },
        });
      });
    },

    async changePassword(caller, { current, next }) {
      const id = userOf(caller);
      const { name } = caller.principal;
      const found = await parts.checkPassword(name, current, caller.origin?.address);
      if (found?.id !== id)
        throw new DomainError("permission_denied", "The current password is wrong.", { field: "current" });
      checkPassword(next, [name, found.email ?? undefined, found.name]);
      const hash = await hashPassword(next);
      await database.transaction(async (client) => {
        await putPassword(client, id, hash);
        await client.query("DELETE FROM identity.session WHERE user_id = $1 AND id <> $2", [
          id,
          caller.origin?.sessionId ?? "",
        ]);
        await enter(client, caller, { action: "user.password-change", object: { id, name } });
      });
    },
  };
}

/** With a token alone nobody takes an account over. */
function userOf(caller: Caller): string {
  requirePermission(caller, "account");
  if (caller.principal.kind === "user" && caller.origin?.tokenId === undefined) return caller.principal.id;
  throw new DomainError(
    "permission_denied",
    "Permission denied: people change their account signed in, not with a token.",
  );
}
