import type { Caller } from "@runweir/identity-domain";
import type { HistoryEntry, QueryHistoryStore } from "./query-history.ts";

export interface HistoryRecorder {
  record(caller: Caller, entry: HistoryEntry): void;
  /** Resolves when all that was recorded is stored, or could not be. */
  settle(): Promise<void>;
}

/** Entries that wait for the store; the oldest of more are lost. */
const waitingMax = 1_000;

/** Stores what was asked behind the answers: nobody waits for it, and a store that is away costs entries and no answer. */
export function recordHistory(options: {
  readonly store: Pick<QueryHistoryStore, "append">;
  readonly onError: (error: unknown) => void;
}): HistoryRecorder {
  const waiting: { readonly caller: Caller; readonly entry: HistoryEntry }[] = [];
  let storing: Promise<void> | undefined;

  /** All entries of one caller at a time, in their order; the next ones gather meanwhile. */
  async function storeAll(): Promise<void> {
    for (let [first] = waiting; first !== undefined; [first] = waiting) {
      const { workspace, principal } = first.caller;
      const isSame = ({ caller }: { readonly caller: Caller }) =>
        caller.workspace === workspace &&
        caller.principal.kind === principal.kind &&
        caller.principal.id === principal.id;
      const entries = waiting.filter(isSame).map(({ entry }) => entry);
      waiting.splice(0, waiting.length, ...waiting.filter((one) => !isSame(one)));
      await options.store.append(workspace, principal, entries).catch(options.onError);
    }
    storing = undefined;
  }

  return {
    record(caller, entry) {
      waiting.push({ caller, entry });
      if (waiting.length > waitingMax) waiting.shift();
      storing ??= storeAll();
    },
    async settle() {
      while (storing !== undefined) await storing;
    },
  };
}
