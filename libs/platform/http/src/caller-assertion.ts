import { DomainError } from "@runweir/errors";
import type { Caller, Origin, Principal, UsedScope } from "@runweir/identity-domain";
import type { InstanceKeys } from "@runweir/secrets";
import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from "jose";

/** Who asks, as one service of the installation tells it to another. What they may do is not in it: each reads that itself. */
export interface AssertedCaller {
  readonly principal: Principal;
  readonly workspace: string;
  readonly administrator: boolean;
  readonly scope: UsedScope | undefined;
  /** With what they asked, for what ends together with it. */
  readonly credential: Pick<Origin, "tokenId" | "sessionId">;
}

export interface CallerAssertions {
  /** Good for a minute, for the one service. */
  sign(caller: Caller): Promise<string>;
  /** `unauthenticated` unless it is one of this installation's, for this service, and not older than it may be. */
  open(assertion: string): Promise<AssertedCaller>;
}

const algorithm = "HS256";
const issuer = "runweir";
const secondsMax = 60;
/** Clocks of two machines are never quite the same. */
const toleranceSeconds = 5;

/** Assertions by which the services of one installation tell each other who asks (RFC 7519), signed with its secret key. */
export function createCallerAssertions(options: {
  readonly keys: InstanceKeys;
  /** The name of the service that is told: no other takes them. */
  readonly audience: string;
  readonly now: () => Date;
}): CallerAssertions {
  const { audience, now } = options;
  const secrets = options.keys.map((key) => ({ kid: key.kid, secret: key.derive("caller assertions") }));
  const [current] = secrets;

  return {
    async sign({ principal, workspace, rights, origin }) {
      if (current === undefined) throw new Error("An installation has at least one key.");
      const issuedAt = Math.floor(now().getTime() / 1_000);
      const { kind, id, name } = principal;
      const claims = {
        principal: { kind, id, name },
        workspace,
        administrator: rights.administrator,
        credential: { tokenId: origin?.tokenId, sessionId: origin?.sessionId },
        ...(rights.scope === undefined ? {} : { scope: rights.scope }),
      };
      return new SignJWT(claims)
        .setProtectedHeader({ alg: algorithm, typ: "JWT", kid: current.kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + secondsMax)
        .sign(current.secret);
    },

    async open(assertion) {
      try {
        const { kid } = decodeProtectedHeader(assertion);
        const known = secrets.find((one) => one.kid === kid);
        if (known === undefined) throw refused("it was signed with another key");
        const { payload } = await jwtVerify<AssertedCaller>(assertion, known.secret, {
          algorithms: [algorithm],
          issuer,
          audience,
          currentDate: now(),
          clockTolerance: toleranceSeconds,
          maxTokenAge: secondsMax,
          requiredClaims: ["exp", "iat", "principal", "workspace", "administrator", "credential"],
        });
        const { principal, workspace, administrator, scope, credential } = payload;
        return { principal, workspace, administrator: administrator === true, scope, credential };
      } catch (error) {
        if (error instanceof DomainError) throw error;
        if (error instanceof errors.JWTExpired) throw refused("it has ended", error);
        throw refused("it is none of this installation for this service", error);
      }
    },
  };
}

function refused(why: string, cause?: unknown): DomainError {
  return new DomainError("unauthenticated", `Who asks is not known here: ${why}.`, {
    reason: "caller_assertion",
    cause,
  });
}
