import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import { TRPCError } from "@trpc/server";
import { streamChanges } from "./stream-changes.ts";
import { type BaseContext, toWire } from "./trpc.ts";

/** Who may hear of what. */
export interface Sight<Watched, Filter, Change> {
  /** What somebody has to listen to who watches this. Rejects for who may not; asked again as long as they do. */
  requireWatching(caller: Caller, watched: Watched): Promise<Filter>;
  /** Those changes that the caller may know of at this moment. */
  visible(caller: Caller, changes: readonly Change[]): readonly Change[] | Promise<readonly Change[]>;
}

/** So often whoever watches is asked about again, whatever happens. */
const askAgainMs = 5_000;

/**
 * The one way for pages to be told live: a stream of changes for one caller. It begins with an empty list, from which on nothing is
 * missed; an empty list says that anything may have changed, so the page asks again for what it shows, as after a reconnect.
 *
 * What happens is told of by the rights of that moment. The stream ends with the right to watch, and with the session or token that
 * it was opened with.
 */
export function watchChanges<Watched, Filter, Change>(source: {
  subscribe(filter: Filter, listener: (change: Change) => void, signal: AbortSignal): void;
  /** Changes of the same key are one. */
  keyOf(change: Change): string;
  readonly sight: Sight<Watched, Filter, Change>;
  readonly askAgainMs?: number;
}): (ctx: BaseContext, watched: Watched, signal?: AbortSignal) => AsyncGenerator<readonly Change[], void> {
  const { sight } = source;
  const watch = streamChanges(source);
  return async function* (ctx, watched, signal) {
    const renew = ctx.renew ?? (async () => ctx.caller);
    const requireWatching = async (caller: Caller) => {
      try {
        return await sight.requireWatching(caller, watched);
      } catch (error) {
        throw error instanceof DomainError ? toWire(error) : error;
      }
    };
    const filter = await requireWatching(ctx.caller);
    const leave = new AbortController();
    let lost: TRPCError | undefined;
    const askAgain = async () => {
      try {
        const caller = await renew();
        if (caller) await requireWatching(caller);
        else leave.abort();
      } catch (error) {
        // Whoever cannot be asked about now is asked about again.
        if (!(error instanceof TRPCError) || error.code === "SERVICE_UNAVAILABLE") return;
        lost = error;
        leave.abort();
      }
    };
    const timer = setInterval(() => void askAgain(), source.askAgainMs ?? askAgainMs);
    const changes = watch(filter, AbortSignal.any([leave.signal, ...(signal ? [signal] : [])]));
    try {
      // Listening has begun with this, before the page is told to ask for what it shows.
      let next = changes.next();
      yield [];
      for (let step = await next; !step.done; step = await next) {
        const caller = await renew();
        if (caller === undefined) return;
        const seen = await sight.visible(caller, step.value);
        if (seen.length > 0 || step.value.length === 0) yield seen;
        next = changes.next();
      }
      if (lost) throw lost;
    } finally {
      clearInterval(timer);
      leave.abort();
      await changes.return();
    }
  };
}
