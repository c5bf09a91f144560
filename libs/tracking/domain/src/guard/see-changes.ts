import type { Caller } from "@runweir/identity-domain";
import type { Change, ChangeFilter } from "../change-feed.ts";
import type { ExperimentGate } from "./experiment-gate.ts";

/** Who may hear of what changes. */
export interface ChangeSight {
  /**
   * What to listen to. Rejects for who may not watch this run or this experiment; the workspace may be watched by whoever reads
   * anything in it.
   */
  requireWatching(
    caller: Caller,
    watched: { readonly runId?: string | undefined; readonly experimentId?: string | undefined },
  ): Promise<ChangeFilter>;
  /** Those changes that the caller may know of. */
  visible(caller: Caller, changes: readonly Change[]): Promise<readonly Change[]>;
}

export function seeChanges({ gate }: { readonly gate: ExperimentGate }): ChangeSight {
  return {
    async requireWatching(caller, { runId, experimentId }) {
      const permission = "experiment.read";
      await gate.require(caller, [
        { permission },
        ...(experimentId === undefined
          ? []
          : [{ permission, on: { kind: "experiment", id: experimentId } } as const]),
        ...(runId === undefined ? [] : [{ permission, on: { kind: "run", id: runId } } as const]),
      ]);
      return {
        workspace: caller.workspace,
        ...(experimentId === undefined ? {} : { experimentId }),
        ...(runId === undefined ? {} : { runId }),
      };
    },

    async visible(caller, changes) {
      const ids = await gate.readableAmong(
        caller,
        changes.map(({ experimentId }) => experimentId),
      );
      return changes.filter(({ experimentId }) => ids.has(experimentId));
    },
  };
}
