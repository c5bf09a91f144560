import type { CallerAssertions } from "@runweir/http";
import {
  anonymous,
  type Caller,
  everyRight,
  localOwner,
  noRights,
  type RightsReader,
} from "@runweir/identity-domain";

interface AskedRequest {
  readonly id: string;
  readonly headers: { readonly authorization?: string | undefined };
  readonly routeOptions: { readonly url?: string | undefined };
}

/** Who asks, as the API says; by itself nobody, or the local owner where everybody is. */
export function identifyAsserted(options: {
  readonly assertions: Pick<CallerAssertions, "open">;
  readonly isOpen: boolean;
  readonly rights: Pick<RightsReader, "read">;
}): (request: AskedRequest) => Promise<Caller> {
  const { assertions, isOpen, rights } = options;
  return async (request) => {
    const [, assertion] = /^bearer +(.+)$/i.exec(request.headers.authorization ?? "") ?? [];
    if (assertion === undefined) return isOpen ? localOwner(request.id) : withoutAssertion(request);
    const { principal, workspace, administrator, scope, credential } = await assertions.open(assertion);
    const { kind, id } = principal;
    const known =
      kind === "user" || kind === "service-account"
        ? ((await rights.read({ kind, id }, workspace)) ?? noRights)
        : kind === "local-owner" || kind === "system"
          ? everyRight
          : noRights;
    return {
      principal,
      workspace,
      requestId: request.id,
      origin: { door: "api", ...credential },
      rights: { ...known, administrator, ...(scope === undefined ? {} : { scope }) },
    };
  };
}

/** Prometheus asks on the port that only our own services reach, and is told nothing of anybody. */
function withoutAssertion(request: AskedRequest): Caller {
  if (request.routeOptions.url !== "/metrics") return anonymous(request.id);
  return {
    ...anonymous(request.id),
    principal: { kind: "system", id: "metrics", name: "Metrics" },
    rights: { ...noRights, administrator: true, scope: { access: "read" } },
  };
}
