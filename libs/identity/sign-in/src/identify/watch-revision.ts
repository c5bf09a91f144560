import { DomainError } from "@runweir/errors";
import type { RightsReader } from "@runweir/identity-domain";

/**
 * How old what is known may be. Together with the time that one look takes it has to stay below the second within which
 * something that was revoked stops working.
 */
const freshMs = 500;
/** For the look itself. Who cannot be asked about is refused, not let in. */
const answerMs = 2_000;

/** The revision of all that is kept about callers, looked up when somebody asks and what is known is old. */
export function watchRevision(options: {
  readonly rights: Pick<RightsReader, "revision">;
  /** Milliseconds that never go back. */
  readonly elapsed: () => number;
}): () => Promise<number> {
  const { rights, elapsed } = options;
  let known: { readonly revision: number; readonly askedAt: number } | undefined;
  let asking: Promise<number> | undefined;

  async function ask(): Promise<number> {
    const askedAt = elapsed();
    const revision = await withinTime(rights.revision());
    known = { revision, askedAt };
    return revision;
  }

  return async () => {
    if (known !== undefined && elapsed() - known.askedAt < freshMs) return known.revision;
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}

async function withinTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${answerMs} ms`)), answerMs);
  });
  try {
    return await Promise.race([answer, late]);
  } catch (cause) {
    throw new DomainError(
      "unavailable",
      "Who you are cannot be checked at the moment: the database does not answer. Please retry.",
      { retryAfterSeconds: 1, cause },
    );
  } finally {
    clearTimeout(timer);
  }
}
