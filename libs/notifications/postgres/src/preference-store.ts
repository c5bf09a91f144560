import type { PreferenceStore, Preferences } from "@runweir/notifications-domain";
import { type Database, translateFailures } from "@runweir/postgres";

export const preferenceColumns = `p.review_requested, p.mentioned, p.state_changed, p.daily_hour AS "dailyHour"`;

export function createPreferenceStore(options: { readonly database: Database }): PreferenceStore {
  const database = translateFailures(options.database);
  return {
    async find(userId) {
      const [row] = await database.query<Preferences>(
        `SELECT ${preferenceColumns} FROM notifications.preference p WHERE p.user_id = $1`,
        [userId],
      );
      return row;
    },
    async put(userId, { review_requested, mentioned, state_changed, dailyHour }) {
      await database.query(
        `INSERT INTO notifications.preference (user_id, review_requested, mentioned, state_changed, daily_hour)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (user_id) DO UPDATE SET review_requested = excluded.review_requested,
           mentioned = excluded.mentioned, state_changed = excluded.state_changed, daily_hour = excluded.daily_hour`,
        [userId, review_requested, mentioned, state_changed, dailyHour],
      );
    },
  };
}
