import { type Database, type Queryable, withinTransaction } from "@runweir/postgres";
import type { TrackingStore } from "@runweir/tracking-domain";
import { type Announcer, createAnnouncer } from "./announcer.ts";
import { trackingStoreOn } from "./tracking-store.ts";

/** Work on the store in one transaction, together with whatever else `client` is told. */
export type TrackingTransactions = <T>(
  work: (store: TrackingStore, client: Queryable) => Promise<T>,
) => Promise<T>;

/** What changed is announced after the commit: who asks because of it must find it. */
export function createTrackingTransactions(options: {
  readonly database: Database;
  onError(error: unknown): void;
}): TrackingTransactions {
  const { database, onError } = options;
  const announcer = createAnnouncer(database, onError);
  return async (work) => {
    const changes: Parameters<Announcer["announce"]>[] = [];
    const result = await database.transaction((client) =>
      work(
        trackingStoreOn(withinTransaction(client), { announce: (...change) => void changes.push(change) }),
        client,
      ),
    );
    for (const change of changes) announcer.announce(...change);
    return result;
  };
}
