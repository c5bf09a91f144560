import { type AuditEvent, type Caller, RecentValues } from "@runweir/identity-domain";
import type { ReviewDependencies } from "./dependencies.ts";

/** The same refusal again within that time says nothing new; entries are made one after the other on the whole server. */
const quietMs = 60_000;
const rememberedMax = 10_000;

/** What somebody tried that they may not. */
export interface Refusal {
  readonly object: AuditEvent["object"];
  /** In words: `approve`, `move without a request`. */
  readonly attempt: string;
  readonly reason: string;
  /** What else there is to say of it. */
  readonly more?: Readonly<Record<string, unknown>> | undefined;
}

/** Enters refusals into the audit log, in a way that stays whatever becomes of what was tried. */
export type Refusals = (caller: Caller, refusal: Refusal) => Promise<void>;

export function createRefusals({
  transactions,
  clock,
}: Pick<ReviewDependencies, "transactions" | "clock">): Refusals {
  const entered = new RecentValues<number>(rememberedMax);
  return async (caller, { object, attempt, reason, more }) => {
    const { kind, id } = caller.principal;
    const mark = JSON.stringify([kind, id, caller.workspace, object.id, object.name, attempt]);
    const now = clock.now();
    if (now - (entered.get(mark) ?? Number.NEGATIVE_INFINITY) < quietMs) return;
    entered.set(mark, now);
    await transactions
      .run(async ({ audit }) =>
        audit(caller, { action: "review.refuse", object, after: { attempt, reason, ...more } }),
      )
      // They are told of the refusal in any case.
      .catch(() => entered.delete(mark));
  };
}
