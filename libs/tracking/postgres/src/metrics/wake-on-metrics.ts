import type { Database } from "@runweir/postgres";
import { changeChannel } from "../announce-change.ts";

/** Listens for written metrics on a connection of its own. `onLost` says that it broke, so that the owner starts anew. */
export async function wakeOnMetrics(
  database: Database,
  onMetrics: () => void,
  onLost: (error: Error) => void,
): Promise<{ close(): void }> {
  const client = await database.pool.connect();
  let open = true;
  const close = (error?: Error): void => {
    if (!open) return;
    open = false;
    client.removeAllListeners("notification");
    // Destroyed rather than given back: a pooled connection must not go on listening.
    client.release(true);
    if (error) onLost(error);
  };
  client.on("error", close);
  client.on("notification", (message) => {
    if (message.payload?.includes('"kind"') && message.payload.includes('"metrics"')) onMetrics();
  });
  try {
    await client.query(`LISTEN ${changeChannel}`);
  } catch (error) {
    close();
    throw error;
  }
  return { close: () => close() };
}
