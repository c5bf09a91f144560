import { type Caller, systemCaller } from "@runweir/identity-domain";
import type { Statements } from "@runweir/postgres";
import { createExperimentGate, guardTracking, type Tracking } from "@runweir/tracking-domain";
import { createOwnershipStore } from "../store/ownership-store.ts";

/** Who is taken to have written what is in the topic, since messages carry no credentials. */
export interface InboundProducer {
  /** With the rights of this moment, as the transaction sees them; rejects with `permission_denied` where it is nobody. */
  callerIn(statements: Statements, workspace: string): Promise<Caller>;
  /** Hears of every experiment that a message made, in its transaction. */
  onCreated(statements: Statements, caller: Caller, experimentId: string): Promise<void>;
}

/** What messages of one transaction are applied by. */
export interface ProducedTracking {
  callerOf(workspace: string): Promise<Caller>;
  readonly tracking: Tracking;
  /** Rejects with `permission_denied` where points of these runs may not be written. */
  requirePoints(workspace: string, runIds: readonly string[]): Promise<void>;
}

/** Where nobody has to sign in, everything is applied. */
export function unguarded(tracking: Tracking): ProducedTracking {
  return {
    callerOf: async (workspace) => ({ ...systemCaller("inbound"), workspace }),
    tracking,
    requirePoints: async () => {},
  };
}

/** Rights are read once for the transaction, and again after something was made, which its maker manages. */
export function guardedBy(
  producer: InboundProducer,
  tracking: Tracking,
  statements: Statements,
): ProducedTracking {
  const gate = createExperimentGate({ store: createOwnershipStore({ database: statements }), clock: Date });
  const callers = new Map<string, Caller>();

  async function callerOf(workspace: string): Promise<Caller> {
    const caller = callers.get(workspace) ?? (await producer.callerIn(statements, workspace));
    callers.set(workspace, caller);
    return caller;
  }

  return {
    callerOf,
    tracking: guardTracking(tracking, {
      gate,
      async onCreated(caller, experimentId) {
        await producer.onCreated(statements, caller, experimentId);
        callers.clear();
      },
    }),
    async requirePoints(workspace, runIds) {
      await gate.require(
        await callerOf(workspace),
        runIds.map((id) => ({ permission: "points.write", on: { kind: "run", id, mayBeAbsent: true } })),
      );
    },
  };
}
