import { randomBytes } from "node:crypto";
import { DomainError } from "@runweir/errors";
import {
  type ApiTokens,
  type Caller,
  createDirectory,
  type Directory,
  defaultWorkspace,
  type Holder,
  localOwner,
} from "@runweir/identity-domain";
import { appendAudit, createDirectoryStore, createRightsReader } from "@runweir/identity-postgres";
import { createApiTokens } from "@runweir/identity-sign-in";
import type { Database } from "@runweir/postgres";
import { newRequestId } from "@runweir/telemetry";
import { createOwnershipStore } from "@runweir/tracking-postgres";

const newId = () => randomBytes(16).toString("hex");
const clock = { now: () => Date.now() };

/** Who there is and what they may do, on the database itself: as whoever sits at the machine. */
export function openDirectory(database: Database): {
  readonly directory: Directory;
  readonly tokens: ApiTokens;
} {
  return {
    directory: createDirectory({
      store: createDirectoryStore({ database }),
      rights: createRightsReader({ database }),
      experimentNames: createOwnershipStore({ database }).findExperimentNames,
      clock,
      newId,
    }),
    tokens: createApiTokens({ database, clock, newId, enter: appendAudit }),
  };
}

/** The one of them who sits at the machine, in a workspace that there is. */
export async function callerIn(directory: Directory, workspace = defaultWorkspace): Promise<Caller> {
  const caller = { ...localOwner(newRequestId()), origin: { door: "command-line" } as const };
  await directory.workspaces.get(caller, workspace);
  return { ...caller, workspace };
}

/** By the name that was typed; a user goes before others of the same name. */
export async function findNamed(
  directory: Directory,
  caller: Caller,
  { name, kinds }: { readonly name: string; readonly kinds: readonly Holder["kind"][] },
): Promise<Holder> {
  const { items } = await directory.members.listHolders(caller, { name, kinds, limit: 10 });
  const [found] = kinds.flatMap((kind) => items.filter((item) => item.kind === kind));
  if (found !== undefined) return found;
  const words = kinds.map((kind) => kind.replace("-", " ")).join(" or ");
  throw new DomainError("not_found", `There is no ${words} '${name}'.`);
}
