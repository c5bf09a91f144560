import { hash, randomBytes } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { DomainError } from "@runweir/errors";
import {
  anonymous,
  type Caller,
  defaultWorkspace,
  localOwner,
  RecentValues,
  type Rights,
  type RightsReader,
} from "@runweir/identity-domain";
import type { Database } from "@runweir/postgres";
import { tokenPrefix } from "../tokens/token-secret.ts";
import { findToken } from "./find-token.ts";
import type { Identity } from "./identity.ts";
import type { LastUsed } from "./last-used.ts";
import type { PasswordCheck } from "./password-check.ts";
import { type Credentials, readCookie, readCredentials } from "./read-credentials.ts";
import { watchRevision } from "./watch-revision.ts";

const callersMax = 20_000;
const workspaceHeader = "x-mlflow-workspace";
const workspaceCookie = "runweir_workspace";

export interface IdentifiedRequest {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly address: string | undefined;
}

/** Who asks. Throws `unauthenticated` for credentials that are wrong, `not_found` for a workspace that is not there. */
export type Identify = (request: IdentifiedRequest) => Promise<Caller>;

type ReadRights = Awaited<ReturnType<RightsReader["read"]>>;

/** Whose credentials these are, and what they may do in the workspace that was asked for with them. */
interface Known {
  readonly expiryTime: number | undefined;
  readonly principal: Caller["principal"];
  readonly workspace: string;
  /** The same object for as long as nothing changes. */
  readonly rights: Rights;
  readonly origin: NonNullable<Caller["origin"]>;
}

/** Everything that was found out while nothing about callers changed; thrown away as a whole when something did. */
interface Generation {
  readonly revision: number;
  /** By credentials alone: a password for many workspaces is checked once. */
  readonly identities: RecentValues<Promise<Identity | undefined>>;
  readonly callers: RecentValues<Promise<Known | undefined>>;
  readonly rights: RecentValues<Promise<ReadRights>>;
}

/** Remembers rights (and whether a workspace is there) while the revision is the same. */
export function createRightsMemory(rights: RightsReader) {
  const currentRevision = watchRevision({ rights, elapsed: () => performance.now() });
  let generation: Generation | undefined;
  return {
    async generation(): Promise<Generation> {
      const revision = await currentRevision();
      if (generation?.revision !== revision)
        generation = {
          revision,
          identities: new RecentValues(callersMax),
          callers: new RecentValues(callersMax),
          rights: new RecentValues(callersMax),
        };
      return generation;
    },
    read({ rights: known }: Generation, kind: Identity["kind"], id: string, workspace: string) {
      return remember(known, `${kind} ${id} ${workspace}`, () => rights.read({ kind, id }, workspace));
    },
  };
}

type RightsMemory = ReturnType<typeof createRightsMemory>;

/** Where nobody signs in: always the local owner, in the workspace that is asked for. */
export function createOpenIdentify({ rights }: { readonly rights: RightsReader }): Identify {
  const memory = createRightsMemory(rights);
  return async ({ id, headers }) => {
    const asked = askedWorkspace(headers);
    if (asked === undefined || asked.name === defaultWorkspace) return localOwner(id);
    const found = await memory.read(await memory.generation(), "user", "local", asked.name);
    if (found !== undefined) return { ...localOwner(id), workspace: asked.name };
    if (asked.byHeader) throw unknownWorkspace(asked.name);
    return localOwner(id);
  };
}

export function createIdentify(options: {
  readonly database: Pick<Database, "query">;
  readonly rights: RightsReader;
  readonly clock: { now(): number };
  readonly sessionCookie: string;
  readonly checkPassword: PasswordCheck;
  /** Whose session the cookie's value names. */
  findSession(cookie: string): Promise<Identity | undefined>;
  readonly lastUsed: LastUsed;
  /** Somebody came with a password that is not the one of that name. */
  onWrongPassword(name: string, request: Pick<IdentifiedRequest, "id" | "address">): Promise<void>;
}): Identify {
  const { database, rights, clock, sessionCookie, lastUsed } = options;
  const memory = createRightsMemory(rights);
  const key = randomBytes(32).toString("base64");

  /** What somebody sent is not kept, and what is kept is good for nothing elsewhere. HMAC takes ten times as long as all the rest. */
  const markOf = (sent: string) => hash("sha256", `${key}${sent}`, "base64");

  async function look(credentials: Credentials, request: IdentifiedRequest): Promise<Identity | undefined> {
    switch (credentials.by) {
      case "session":
        return options.findSession(credentials.cookie);
      case "bearer":
        return findToken(database, credentials.token);
      case "basic": {
        const { name, password } = credentials;
        if (!password.startsWith(tokenPrefix)) {
          const user = await options.checkPassword(name, password, request.address);
          if (user !== undefined)
            return { kind: "user", id: user.id, name: user.username, isAdministrator: user.isAdministrator };
          await options.onWrongPassword(name, request);
          return undefined;
        }
        const owner = await findToken(database, password);
        return owner?.name.toLowerCase() === name.toLowerCase() ? owner : undefined;
      }
      case "other":
        return undefined;
    }
  }

  async function find(
    generation: Generation,
    credentials: Credentials,
    asked: AskedWorkspace | undefined,
    request: IdentifiedRequest,
  ): Promise<Known | undefined> {
    const identity = await remember(generation.identities, markOf(JSON.stringify(credentials)), () =>
      look(credentials, request),
    );
    if (identity === undefined) return undefined;
    const { kind, id, name, isAdministrator, scope, tokenId, sessionId, expiryTime } = identity;
    const { workspace, rights: read } = await chooseWorkspace(memory, generation, asked, identity);
    return {
      expiryTime,
      principal: { kind, id, name },
      workspace,
      rights: { ...read, administrator: isAdministrator, scope },
      origin: { door: sessionId === undefined ? "api" : "pages", tokenId, sessionId },
    };
  }

  return async (request) => {
    const { id: requestId, headers } = request;
    const { authorization } = headers;
    const session = authorization === undefined ? readCookie(headers.cookie, sessionCookie) : undefined;
    if (authorization === undefined && !session) return anonymous(requestId);
    const generation = await memory.generation();
    const asked = askedWorkspace(headers);
    // As it was sent, which is told apart by line breaks: a header has none.
    const sent = `${authorization ?? ""}\n${session ?? ""}\n${asked?.byHeader ?? ""}\n${asked?.name ?? ""}`;
    const known = await remember(generation.callers, markOf(sent), () =>
      find(generation, readCredentials(authorization, session), asked, request),
    );
    if (known === undefined || (known.expiryTime ?? Number.POSITIVE_INFINITY) <= clock.now()) {
      // A browser keeps a cookie longer than a session may last: that is somebody who has to sign in, not an attack.
      if (session) return anonymous(requestId);
      throw new DomainError("unauthenticated", wrongCredentials);
    }
    const { principal, workspace, rights: held, origin } = known;
    if (origin.tokenId !== undefined) lastUsed.note("token", origin.tokenId);
    if (origin.sessionId !== undefined) lastUsed.note("session", origin.sessionId);
    return { principal, workspace, rights: held, requestId, origin };
  };
}

/** The same for a password, a token and a name that is wrong. */
const wrongCredentials = "The user name, password or token is wrong, has expired or was revoked.";

async function chooseWorkspace(
  memory: RightsMemory,
  generation: Generation,
  asked: AskedWorkspace | undefined,
  { kind, id, scope }: Identity,
): Promise<{ readonly workspace: string; readonly rights: NonNullable<ReadRights> }> {
  const own = scope?.workspace;
  if (own !== undefined && asked?.byHeader && asked.name !== own)
    throw new DomainError(
      "permission_denied",
      `Permission denied: this token is for workspace '${own}' only, not for '${asked.name}'.`,
    );
  const workspace = own ?? asked?.name ?? defaultWorkspace;
  const rights = await memory.read(generation, kind, id, workspace);
  if (rights !== undefined) return { workspace, rights };
  // The cookie may be older than the end of the workspace; the page has to be able to show that.
  const fallback =
    own === undefined && asked?.byHeader === false
      ? await memory.read(generation, kind, id, defaultWorkspace)
      : undefined;
  if (fallback === undefined) throw unknownWorkspace(workspace);
  return { workspace: defaultWorkspace, rights: fallback };
}

interface AskedWorkspace {
  readonly name: string;
  readonly byHeader: boolean;
}

function askedWorkspace(headers: IncomingHttpHeaders): AskedWorkspace | undefined {
  const header = headers[workspaceHeader];
  if (typeof header === "string" && header !== "") return { name: header, byHeader: true };
  const cookie = readCookie(headers.cookie, workspaceCookie);
  return cookie ? { name: cookie, byHeader: false } : undefined;
}

function unknownWorkspace(name: string): DomainError {
  return new DomainError("not_found", `Workspace '${name}' not found.`, { field: "workspace" });
}

/** What failed is asked for again; what was found, or found not to be there, is kept. */
function remember<T>(known: RecentValues<Promise<T>>, key: string, find: () => Promise<T>): Promise<T> {
  const found = known.get(key);
  if (found !== undefined) return found;
  const finding = find();
  known.set(key, finding);
  finding.catch(() => known.delete(key));
  return finding;
}
