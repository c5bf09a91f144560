import { DomainError } from "@runweir/errors";
import { type Caller, localOwner } from "@runweir/identity-domain";
import { createAuditLog, deleteSecret, listSecrets, rotateSecrets } from "@runweir/identity-postgres";
import type { Database } from "@runweir/postgres";
import { createSecretBox, readInstanceKeys } from "@runweir/secrets";
import { newRequestId } from "@runweir/telemetry";
import { type Command, readWords } from "../command.ts";
import { readSecretKeyPlace } from "../config.ts";
import { withRunningDatabase } from "../open-running-database.ts";
import { printSecrets } from "./print-secrets.ts";

const someLeft = 2;

export const secretsCommand: Command = {
  name: "secrets",
  summary: "what is kept encrypted: list the names, bring all under a new key, delete one",
  usage: `runweir secrets list [--json]
runweir secrets rotate
runweir secrets delete NAME --yes

  --workspace NAME  of this workspace, not of the whole server
  --yes             delete it; without it nothing happens
  --json            for programs
  --data FOLDER     the data folder of a running Runweir (RUNWEIR_HOME, ./.runweir)

\`rotate\` encrypts everything under the first key of RUNWEIR_SECRET_KEY or RUNWEIR_SECRET_KEY_FILE (without them of the data folder's
\`secret-key\`); the others there are for reading what is older. It may be interrupted and started again. The exit code is 2 when some
could not be read. A new key, step by step: put it behind the one that is there and restart all services; put it in front and
restart them; rotate; take the old one away. RUNWEIR_DATABASE_URL names the database where it is not the data folder's.`,

  async run(words) {
    const { values, positionals } = readWords(words, {
      workspace: { type: "string" },
      yes: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      data: { type: "string" },
    });
    const [action, name, ...rest] = positionals;
    const isKnown = action === "list" || action === "rotate" || action === "delete";
    if (!isKnown || rest.length > 0 || (name !== undefined) !== (action === "delete"))
      throw new DomainError(
        "invalid_argument",
        `secrets: found ${positionals.length === 0 ? "nothing" : JSON.stringify(positionals.join(" "))}, allowed are list, rotate and delete NAME.`,
      );
    const caller: Caller = { ...localOwner(newRequestId()), origin: { door: "command-line" } };
    return withRunningDatabase(values.data, async (database) => {
      if (action === "rotate") return rotate(database, values.data, caller);
      if (name !== undefined)
        return remove(database, caller, { name, workspace: values.workspace }, values.yes);
      const secrets = await listSecrets(database);
      console.log(values.json ? JSON.stringify(secrets, undefined, 2) : printSecrets(secrets));
      return 0;
    });
  },
};

async function rotate(database: Database, data: string | undefined, caller: Caller): Promise<number> {
  const keys = await readInstanceKeys(readSecretKeyPlace(data));
  const box = createSecretBox({ keys });
  const { stderr } = process;
  const { rotated, current, unreadable } = await rotateSecrets({
    database,
    box,
    onRotated: (count) => stderr.isTTY && stderr.write(`\r\u001b[K${count} encrypted anew`),
  });
  if (stderr.isTTY) stderr.write("\r\u001b[K");
  if (rotated > 0)
    await createAuditLog({ database }).append(caller, {
      action: "secret.rotate",
      object: { id: box.kid },
      after: { rotated, current, unreadable: unreadable.length },
    });
  console.log(`${rotated} encrypted anew under the key ${box.kid}; ${current} were already.`);
  for (const { message } of unreadable) console.error(message);
  return unreadable.length > 0 ? someLeft : 0;
}

async function remove(
  database: Database,
  caller: Caller,
  place: { readonly name: string; readonly workspace: string | undefined },
  isSure: boolean,
): Promise<number> {
  if (!isSure)
    throw new DomainError(
      "failed_precondition",
      `This deletes the secret '${place.name}' for good. Nothing was deleted; say --yes to do it.`,
    );
  if (!(await deleteSecret(database, caller, place)))
    throw new DomainError("not_found", `There is no secret '${place.name}'.`);
  console.log("Deleted.");
  return 0;
}
