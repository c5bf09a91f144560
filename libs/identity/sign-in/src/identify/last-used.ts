import type { Database } from "@runweir/postgres";

const everyMs = 60_000;
const keptMax = 20_000;

export interface LastUsed {
  note(what: "token" | "session", id: string): void;
  /** Resolves when everything that was begun is written. */
  settle(): Promise<void>;
}

const statements = {
  token:
    "UPDATE identity.api_token SET last_used_time = $2 WHERE token_id = $1 AND coalesce(last_used_time, 0) <= $2::bigint - $3",
  session:
    "UPDATE identity.session SET last_used_at = to_timestamp($2::bigint / 1000.0) WHERE id = $1 AND last_used_at <= to_timestamp(($2::bigint - $3) / 1000.0)",
} as const;

/** Written in the background, at most once a minute for each; that one is lost with the process does no harm. */
export function createLastUsed(options: {
  readonly database: Pick<Database, "query">;
  readonly clock: { now(): number };
}): LastUsed {
  const { database, clock } = options;
  const noted = { token: new Map<string, number>(), session: new Map<string, number>() };
  const writing = new Set<Promise<unknown>>();
  return {
    note(what, id) {
      const now = clock.now();
      const times = noted[what];
      if (now - (times.get(id) ?? 0) < everyMs) return;
      if (times.size >= keptMax) times.clear();
      times.set(id, now);
      const written: Promise<unknown> = database
        .query(statements[what], [id, now, everyMs])
        .catch(() => {})
        .finally(() => writing.delete(written));
      writing.add(written);
    },
    async settle() {
      await Promise.all(writing);
    },
  };
}
