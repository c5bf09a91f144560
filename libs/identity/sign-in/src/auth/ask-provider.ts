import { DomainError } from "@runweir/errors";

interface Handler {
  handle(request: Request): Promise<Response>;
}

const answerMs = 10_000;

/** Whether a request goes by an identity provider, there or back. */
export function isOfProvider({ url }: Request): boolean {
  return /\/(sign-in\/social|callback\/[^/]+)$/.test(new URL(url).pathname);
}

/**
 * What goes by an identity provider, which may not answer: apart from everything else, so that sessions and passwords do not wait
 * for it, and not longer than `answerMs`. Who finds it silent is followed by one who asks it anew.
 */
export function askProvider(create: () => Handler): (request: Request) => Promise<Response> {
  let current: Handler | undefined;
  return async (request) => {
    current ??= create();
    const asked = current;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<"late">((resolve) => {
      timer = setTimeout(() => resolve("late"), answerMs);
    });
    try {
      const answer = await Promise.race([asked.handle(request), late]);
      if (answer !== "late") return answer;
      if (current === asked) current = undefined;
      throw new DomainError(
        "unavailable",
        "The identity provider does not answer. Try again in a while, or sign in with a password.",
        { retryAfterSeconds: 30 },
      );
    } finally {
      clearTimeout(timer);
    }
  };
}
