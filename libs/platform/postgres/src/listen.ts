import type { Database } from "./database.ts";

const askEveryMs = 15_000;

/**
 * Listens to a channel on a connection of its own. `onBreak` says that it broke, so that the owner starts anew. Where
 * nothing is announced, silence tells nothing, so the server is asked now and then whether it is still there; with a
 * database that waits for answers only so long, a connection whose other end is gone is found out by that.
 */
export async function listen(
  database: Pick<Database, "pool">,
  channel: string,
  onPayload: (payload: string | undefined) => void,
  onBreak: (error: unknown) => void,
): Promise<{ close(): void }> {
  const client = await database.pool.connect();
  let timer: NodeJS.Timeout | undefined;
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    clearInterval(timer);
    client.removeAllListeners("notification");
    // Destroyed rather than given back: a pooled connection must not go on listening.
    client.release(true);
  };
  const broke = (error: unknown): void => {
    if (!open) return;
    close();
    onBreak(error);
  };
  client.on("error", broke);
  client.on("notification", (message) => onPayload(message.payload));
  try {
    await client.query(`LISTEN ${channel}`);
  } catch (error) {
    close();
    throw error;
  }
  timer = setInterval(() => void client.query("SELECT 1").catch(broke), askEveryMs);
  return { close };
}
