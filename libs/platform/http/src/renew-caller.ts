import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import type { FastifyRequest } from "fastify";

export type IdentifyRequest = (request: FastifyRequest) => Caller | Promise<Caller>;

/** Who sent a request that lasts, asked anew: undefined when their session or token has ended, or is another's by now. */
export async function renewCaller(
  request: FastifyRequest,
  identify: IdentifyRequest,
): Promise<Caller | undefined> {
  try {
    const caller = await identify(request);
    const { principal, workspace, origin } = request.caller;
    const isSame = caller.principal.id === principal.id && caller.workspace === workspace;
    return isSame ? { ...caller, origin } : undefined;
  } catch (error) {
    if (
      error instanceof DomainError &&
      ["unauthenticated", "permission_denied", "not_found"].includes(error.code)
    )
      return undefined;
    throw error;
  }
}
