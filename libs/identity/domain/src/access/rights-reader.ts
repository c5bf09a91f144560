import type { Rights } from "./rights.ts";

/** Where rights are read from; asked again whenever `revision` has changed. */
export interface RightsReader {
  /** What a principal may do in a workspace, apart from being an administrator; undefined where there is no such workspace. */
  read(
    principal: { readonly kind: "user" | "service-account"; readonly id: string },
    workspace: string,
  ): Promise<Pick<Rights, "role" | "grants" | "protectedAliases"> | undefined>;
  /** Another number after every change of users, tokens, sessions, groups, members, grants and workspaces. */
  revision(): Promise<number>;
}
