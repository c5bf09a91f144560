import { DomainError } from "@runweir/errors";
import {
  type Caller,
  type Directory,
  type Holder,
  type Member,
  type WorkspaceRole,
  workspaceRoles,
} from "@runweir/identity-domain";
import { type Command, readWords } from "../command.ts";
import { withRunningDatabase } from "../open-running-database.ts";
import { type Column, printTable } from "../print-table.ts";
import { callerIn, findNamed, openDirectory } from "./open-directory.ts";

const kinds = ["user", "group", "service-account"] as const satisfies readonly Holder["kind"][];
const pageSize = 1_000;
const columns: readonly Column<Member>[] = [
  { title: "NAME", cell: ({ name }) => name },
  { title: "KIND", cell: ({ kind }) => kind },
  { title: "ROLE", cell: ({ role }) => role },
  { title: "SINCE", cell: ({ creationTime }) => new Date(creationTime).toISOString().slice(0, 10) },
  { title: "", cell: ({ isDisabled }) => (isDisabled ? "disabled" : "") },
];

export const membersCommand: Command = {
  name: "members",
  summary: "who belongs to a workspace, and as what: list, add, role, remove",
  usage: `runweir members list [--search TEXT] [--json]
runweir members add NAME ROLE
runweir members role NAME ROLE
runweir members remove NAME --yes

  ROLE              ${workspaceRoles.join(", ")}
  --workspace NAME  of this workspace (default)
  --kind KIND       where a user, a group and a service account are called the same: ${kinds.join(", ")}
  --search TEXT     only those with this in their names
  --yes             remove them; without it nothing happens
  --json            for programs
  --data FOLDER     the data folder of a running Runweir (RUNWEIR_HOME, ./.runweir)

For who administers the machine: nobody is asked for a password, and the audit log says that it was done here. RUNWEIR_DATABASE_URL
names the database where it is not the data folder's.`,

  async run(words) {
    const { values, positionals } = readWords(words, {
      workspace: { type: "string" },
      kind: { type: "string" },
      search: { type: "string" },
      yes: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      data: { type: "string" },
    });
    const asked = readAction(positionals);
    const among = readKinds(values.kind);
    return withRunningDatabase(values.data, async (database) => {
      const { directory } = openDirectory(database);
      const caller = await callerIn(directory, values.workspace);
      if (asked.action === "list") {
        const members = await listAll(directory, caller, values.search);
        console.log(values.json ? JSON.stringify(members, undefined, 2) : printMembers(members));
        return 0;
      }
      const holder = await findNamed(directory, caller, { name: asked.name, kinds: among });
      if (asked.action === "remove") {
        if (!values.yes)
          throw new DomainError(
            "failed_precondition",
            `This takes '${holder.name}' out of workspace '${caller.workspace}'. Nothing was changed; say --yes to do it.`,
          );
        await directory.members.remove(caller, holder);
        console.log(`${holder.name} is no member of ${caller.workspace} any more.`);
        return 0;
      }
      await requireMembership(directory, caller, holder, asked.action === "role");
      const { role } = await directory.members.set(caller, {
        kind: holder.kind,
        id: holder.id,
        role: asked.role,
      });
      console.log(`${holder.name} is ${role} of ${caller.workspace}.`);
      return 0;
    });
  },
};

type Asked =
  | { readonly action: "list" }
  | { readonly action: "remove"; readonly name: string }
  | { readonly action: "add" | "role"; readonly name: string; readonly role: WorkspaceRole };

function readAction(words: readonly string[]): Asked {
  const [action, name, role, ...rest] = words;
  if (action === "list" && name === undefined) return { action };
  if (action === "remove" && name !== undefined && role === undefined) return { action, name };
  if ((action === "add" || action === "role") && name !== undefined && role !== undefined && !rest.length)
    return { action, name, role: readRole(role) };
  throw new DomainError(
    "invalid_argument",
    `members: found ${words.length === 0 ? "nothing" : JSON.stringify(words.join(" "))}, allowed are list, add NAME ROLE, role NAME ROLE and remove NAME.`,
  );
}

function readRole(word: string): WorkspaceRole {
  const role = workspaceRoles.find((one) => one === word);
  if (role !== undefined) return role;
  throw new DomainError(
    "invalid_argument",
    `role is ${JSON.stringify(word)}; allowed are ${workspaceRoles.join(", ")}.`,
    { field: "role" },
  );
}

function readKinds(word: string | undefined): readonly Holder["kind"][] {
  if (word === undefined) return kinds;
  const kind = kinds.find((one) => one === word);
  if (kind !== undefined) return [kind];
  throw new DomainError(
    "invalid_argument",
    `--kind: found ${JSON.stringify(word)}, allowed are ${kinds.join(", ")}.`,
  );
}

async function listAll(
  directory: Directory,
  caller: Caller,
  search: string | undefined,
): Promise<readonly Member[]> {
  const members: Member[] = [];
  let pageToken: string | undefined;
  do {
    const page = await directory.members.list(caller, { search, limit: pageSize, pageToken });
    members.push(...page.items);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return members;
}

function printMembers(members: readonly Member[]): string {
  if (members.length === 0) return "No members.";
  return printTable(
    columns,
    members,
    process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY,
  );
}

/** So that a slip does not add somebody who was to get another role, nor change who was to be added. */
async function requireMembership(
  directory: Directory,
  caller: Caller,
  holder: Holder,
  isMember: boolean,
): Promise<void> {
  const members = await listAll(directory, caller, holder.name);
  const found = members.find(({ kind, id }) => kind === holder.kind && id === holder.id);
  if ((found !== undefined) === isMember) return;
  throw found === undefined
    ? new DomainError(
        "not_found",
        `'${holder.name}' is no member of workspace '${caller.workspace}'; members add makes them one.`,
      )
    : new DomainError(
        "already_exists",
        `'${holder.name}' is ${found.role} of workspace '${caller.workspace}' already; members role changes that.`,
      );
}
