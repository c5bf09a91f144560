import { DomainError } from "@runweir/errors";
import type { ApiTokens, Caller, OwnedToken, TokenOwner, TokenScope } from "@runweir/identity-domain";
import { type Command, readWords } from "../command.ts";
import { withRunningDatabase } from "../open-running-database.ts";
import { type Column, printTable } from "../print-table.ts";
import { callerIn, findNamed, openDirectory } from "./open-directory.ts";

const kinds = ["user", "service-account"] as const;
const accesses = ["all", "read", "ingest"] as const satisfies readonly TokenScope["access"][];
const day = 86_400_000;
const daysMax = 3_650;
const pageSize = 1_000;
const columns: readonly Column<OwnedToken>[] = [
  { title: "ID", cell: ({ tokenId }) => tokenId },
  { title: "NAME", cell: ({ name }) => name },
  { title: "OF", cell: ({ owner }) => owner.name },
  { title: "ACCESS", cell: ({ scope }) => scope.access },
  { title: "EXPERIMENTS", cell: ({ scope }) => scope.experimentIds?.join(" ") ?? "all" },
  { title: "WORKSPACE", cell: ({ workspace }) => workspace ?? "all" },
  { title: "LAST USED", cell: ({ lastUsedTime }) => dateOf(lastUsedTime) },
  { title: "EXPIRES", cell: ({ expiryTime }) => dateOf(expiryTime) },
];

export const tokensCommand: Command = {
  name: "tokens",
  summary: "what opens the server: list tokens, create one, revoke one",
  usage: `runweir tokens list [--of OWNER] [--json]
runweir tokens create NAME --of OWNER [--access ACCESS] [--experiment ID]... [--workspace NAME] [--days N]
runweir tokens revoke ID --yes

  --of OWNER        a user or a service account
  --access ACCESS   ${accesses.join(", ")} (all: what its owner may do)
  --experiment ID   good for this experiment only; may be said again
  --workspace NAME  good for this workspace only
  --days N          how long it is good (90; at most ${daysMax})
  --yes             revoke it; without it nothing happens
  --json            for programs
  --data FOLDER     the data folder of a running Runweir (RUNWEIR_HOME, ./.runweir)

\`create\` writes the token alone to standard output, this once: only its hash is kept. For who administers the machine: nobody is asked
for a password, and the audit log says that it was done here. RUNWEIR_DATABASE_URL names the database where it is not the data folder's.`,

  async run(words) {
    const { values, positionals } = readWords(words, {
      of: { type: "string" },
      access: { type: "string", default: "all" },
      experiment: { type: "string", multiple: true },
      workspace: { type: "string" },
      days: { type: "string", default: "90" },
      yes: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      data: { type: "string" },
    });
    const [action, what] = readAction(positionals);
    const access = readAccess(values.access);
    const days = readDays(values.days);
    if (action === "create" && values.of === undefined)
      throw new DomainError("invalid_argument", "tokens create: --of says whose token it is; it is missing.");
    return withRunningDatabase(values.data, async (database) => {
      const { directory, tokens } = openDirectory(database);
      const caller = await callerIn(directory, values.workspace);
      const owner =
        values.of === undefined
          ? undefined
          : ownerOf(await findNamed(directory, caller, { name: values.of, kinds }));
      if (action === "create" && owner !== undefined)
        return create(tokens, caller, {
          owner,
          name: what,
          days,
          scope: { access, ...(values.experiment ? { experimentIds: values.experiment } : {}) },
          workspace: values.workspace,
        });
      const listed = await listAll(tokens, caller, owner);
      if (action === "revoke") return revoke(tokens, caller, { listed, tokenId: what, isSure: values.yes });
      console.log(values.json ? JSON.stringify(listed, undefined, 2) : printTokens(listed));
      return 0;
    });
  },
};

function readAction(words: readonly string[]): readonly ["list" | "create" | "revoke", string] {
  const [action, what = "", ...rest] = words;
  if (action === "list" && words.length === 1) return [action, ""];
  if ((action === "create" || action === "revoke") && what !== "" && rest.length === 0) return [action, what];
  throw new DomainError(
    "invalid_argument",
    `tokens: found ${words.length === 0 ? "nothing" : JSON.stringify(words.join(" "))}, allowed are list, create NAME and revoke ID.`,
  );
}

function readAccess(word: string): TokenScope["access"] {
  const access = accesses.find((one) => one === word);
  if (access !== undefined) return access;
  throw new DomainError(
    "invalid_argument",
    `--access: found ${JSON.stringify(word)}, allowed are ${accesses.join(", ")}.`,
  );
}

function readDays(word: string): number {
  const days = /^[1-9]\d{0,3}$/.test(word) ? Number(word) : daysMax + 1;
  if (days <= daysMax) return days;
  throw new DomainError(
    "invalid_argument",
    `--days: found ${JSON.stringify(word)}, allowed is a number from 1 to ${daysMax}.`,
  );
}

/** Groups are not asked for. */
function ownerOf({ kind, id }: { readonly kind: string; readonly id: string }): TokenOwner {
  return { kind: kind === "user" ? "user" : "service-account", id };
}

async function create(
  tokens: ApiTokens,
  caller: Caller,
  token: {
    readonly owner: TokenOwner;
    readonly name: string;
    readonly scope: TokenScope;
    readonly workspace: string | undefined;
    readonly days: number;
  },
): Promise<number> {
  const { owner, name, scope, workspace, days } = token;
  const created = await tokens.create(caller, owner, {
    name,
    scope,
    workspace,
    expiryTime: Date.now() + days * day,
  });
  console.error(
    `Token ${created.token.tokenId}, good for ${days} ${days === 1 ? "day" : "days"}. It is not shown again:`,
  );
  console.log(created.secret);
  return 0;
}

async function listAll(
  tokens: ApiTokens,
  caller: Caller,
  owner: TokenOwner | undefined,
): Promise<readonly OwnedToken[]> {
  const listed: OwnedToken[] = [];
  let pageToken: string | undefined;
  do {
    const page = await tokens.listAll(caller, { owner, limit: pageSize, pageToken });
    listed.push(...page.items);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return listed;
}

async function revoke(
  tokens: ApiTokens,
  caller: Caller,
  {
    listed,
    tokenId,
    isSure,
  }: { readonly listed: readonly OwnedToken[]; readonly tokenId: string; readonly isSure: boolean },
): Promise<number> {
  const token = listed.find((one) => one.tokenId === tokenId);
  if (token === undefined)
    throw new DomainError("not_found", `There is no token with id '${tokenId}'; tokens list shows the ids.`);
  const words = `'${token.name}' of ${token.owner.name}`;
  if (!isSure)
    throw new DomainError(
      "failed_precondition",
      `This revokes ${words}: whatever uses it is refused. Nothing was changed; say --yes to do it.`,
    );
  await tokens.revoke(caller, token.owner, tokenId);
  console.log(`${words} is revoked.`);
  return 0;
}

function printTokens(tokens: readonly OwnedToken[]): string {
  if (tokens.length === 0) return "No tokens.";
  return printTable(
    columns,
    tokens,
    process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY,
  );
}

function dateOf(time: number | undefined): string {
  return time === undefined ? "never" : new Date(time).toISOString().slice(0, 10);
}
