import type { Database } from "@runweir/postgres";
import type { Change } from "@runweir/tracking-domain";
import { announceChanges } from "../announce-change.ts";

/**
 * Announces changes after their commit, many at once. A NOTIFY inside the transaction would make all commits of the
 * database queue for one lock while each waits for its disk; open pages do not need to hear within less than a few
 * milliseconds, and they ask anew after any break.
 */
export interface Announcer {
  announce(workspace: string, change: Change): void;
}

const lingerMilliseconds = 10;
const changesPerStatement = 500;

export function createAnnouncer(database: Database, onError: (error: unknown) => void): Announcer {
  const waiting = new Map<string, { workspace: string; change: Change }>();
  let scheduled = false;

  async function flush(): Promise<void> {
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, changesPerStatement);
      for (const [name] of batch) waiting.delete(name);
      await announceChanges(
        database.pool,
        batch.map(([, change]) => change),
      );
    }
  }

  return {
    announce(workspace, change) {
      waiting.set(JSON.stringify([workspace, change]), { workspace, change });
      if (scheduled) return;
      scheduled = true;
      setTimeout(() => {
        scheduled = false;
        flush().catch(onError);
      }, lingerMilliseconds).unref();
    },
  };
}
