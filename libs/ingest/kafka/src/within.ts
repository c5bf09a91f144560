import { unreachable } from "@runweir/kafka";

/**
 * Rejects with `unavailable` when `work` takes longer, whatever it waits for: whoever asked has been told to come again by
 * then, and what becomes of it is of no interest any more.
 */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(unreachable(new Error(`no answer within ${milliseconds} ms`))),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
