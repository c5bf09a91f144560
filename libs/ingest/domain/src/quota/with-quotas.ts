import type { LogTransport } from "../log-transport.ts";
import type { Quotas } from "./quotas.ts";

/** The same log, whose appends have to be admitted one by one. */
export function withQuotas(log: LogTransport, quotas: Quotas): LogTransport {
  return {
    async append(request) {
      await quotas.admit(request.workspace, [request]);
      return log.append(request);
    },
    awaitApplied: (runIds) => log.awaitApplied(runIds),
    close: () => log.close(),
  };
}
