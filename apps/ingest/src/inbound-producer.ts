import { randomBytes } from "node:crypto";
import { DomainError } from "@runweir/errors";
import { findAccount, grantExperiment } from "@runweir/identity-postgres";
import type { InboundProducer } from "@runweir/tracking-postgres";

/** The service account that the inbound topic is bound to: what it may not do, no message does. */
export function createInboundProducer(account: string | undefined): InboundProducer {
  return {
    async callerIn(statements, workspace) {
      const caller =
        account === undefined
          ? undefined
          : await findAccount(statements, account, { workspace, requestId: "inbound" });
      if (caller !== undefined) return caller;
      throw new DomainError(
        "permission_denied",
        account === undefined
          ? "Permission denied: the inbound topic has no service account. Set RUNWEIR_INBOUND_ACCOUNT, and replay the message."
          : `Permission denied: there is no service account '${account}' that is not disabled; RUNWEIR_INBOUND_ACCOUNT names it.`,
      );
    },
    onCreated: (statements, caller, experimentId) =>
      grantExperiment(statements, caller, {
        grantId: randomBytes(16).toString("hex"),
        experimentId,
        now: Date.now(),
      }),
  };
}
