import { keepWorking } from "@runweir/background";
import type { Mailer } from "@runweir/mail";
import { type ClaimedNotice, composeMail, type NoticeQueue } from "@runweir/notifications-domain";

const peopleAtOnce = 20;
/** Longer than twenty e-mails take. */
const leaseMs = 600_000;
const restMs = 30_000;
const minute = 60_000;
/** After the first attempt, the second, and so on; then it is not told at all. */
const pauses = [minute, 5 * minute, 30 * minute, 120 * minute, 360 * minute] as const;

export interface Mailing {
  /** There may be something to tell. */
  wake(): void;
  stop(): Promise<void>;
}

/** Tells people what is due: one e-mail for each notice that was to be told at once, and one for all others together. */
export function startMailing(options: {
  readonly queue: NoticeQueue;
  readonly mailer: Pick<Mailer, "send">;
  readonly publicUrl: string;
  /** Where to; undefined for who is gone, disabled or has no address. */
  addressOf(userId: string): Promise<string | undefined>;
  /** Whether they may still know of it. */
  mayKnow(notice: ClaimedNotice): Promise<boolean>;
  readonly clock: { now(): number };
  onError(message: string, error: unknown): void;
}): Mailing {
  const { queue, clock } = options;

  async function tell(userId: string, claimed: readonly ClaimedNotice[]): Promise<void> {
    const address = await options.addressOf(userId);
    const known: ClaimedNotice[] = [];
    const forgotten: number[] = [];
    for (const notice of claimed)
      if (address !== undefined && (await options.mayKnow(notice))) known.push(notice);
      else forgotten.push(notice.noticeId);
    await queue.forget(forgotten);
    if (address === undefined) return;
    const together = known.filter(({ isAlone }) => !isAlone);
    const mails = [
      ...known.filter(({ isAlone }) => isAlone).map((notice) => [notice]),
      ...(together.length > 0 ? [together] : []),
    ];
    for (const notices of mails) await send(address, notices);
  }

  async function send(to: string, notices: readonly ClaimedNotice[]): Promise<void> {
    const ids = notices.map(({ noticeId }) => noticeId);
    try {
      await options.mailer.send({ to, ...composeMail(notices, options.publicUrl) });
      await queue.forget(ids);
    } catch (error) {
      options.onError("An e-mail could not be sent.", error);
      const pause = pauses[Math.max(...notices.map(({ attempts }) => attempts)) - 1];
      if (pause === undefined) await queue.forget(ids);
      else await queue.postpone(ids, clock.now() + pause);
    }
  }

  const mailing = keepWorking({
    async work(signal) {
      while (!signal.aborted) {
        const claimed = await queue.claim(clock.now(), { people: peopleAtOnce, leaseMs });
        if (claimed.length === 0) break;
        for (const [userId, notices] of Map.groupBy(claimed, (notice) => notice.userId))
          await tell(userId, notices);
      }
      const next = await queue.nextTime();
      return next === undefined ? undefined : Math.max(0, next - clock.now());
    },
    restMs,
    onError: (error) => options.onError("Nobody can be told by e-mail at the moment.", error),
  });
  return { wake: () => mailing.wake(), stop: () => mailing.stop() };
}
