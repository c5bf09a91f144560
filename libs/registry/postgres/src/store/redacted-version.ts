/** What remains of a deleted version: its number, its times and where it stood. `now` is a placeholder. */
export function redactedVersion(now: string): string {
  return `deleted_time = ${now}, last_update_time = ${now}, description = NULL, creator_id = NULL, source = NULL,
    storage_location = NULL, run_id = NULL, run_link = NULL, logged_model_id = NULL, status_message = NULL`;
}
