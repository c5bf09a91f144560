import { DomainError } from "@runweir/errors";

/**
 * Runs work with something that may stop answering without a word; whatever moves on its way says so. Fails with
 * `unavailable` when nothing has for so long. The work may go on by itself, and is not heard any more.
 */
export async function withoutStanding<T>(
  milliseconds: number,
  work: (moved: () => void) => Promise<T>,
): Promise<T> {
  const standing = Promise.withResolvers<never>();
  const fail = (): void =>
    standing.reject(
      new DomainError(
        "unavailable",
        `The store of the snapshots has not moved for ${Math.round(milliseconds / 1_000)} s; it is tried again.`,
      ),
    );
  let timer = setTimeout(fail, milliseconds);
  const moved = (): void => {
    clearTimeout(timer);
    timer = setTimeout(fail, milliseconds);
  };
  const done = work(moved);
  done.catch(() => {});
  try {
    return await Promise.race([done, standing.promise]);
  } finally {
    clearTimeout(timer);
  }
}
