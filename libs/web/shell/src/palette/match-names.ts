/** A text as a pattern of MLflow's filter grammar that finds it anywhere, letters in any case. */
export function quoteLike(text: string): string {
  // The grammar has no escape for quotes; the other kind is used, and where both occur one becomes "any character".
  const quote = text.includes("'") ? '"' : "'";
  return `${quote}%${text.replaceAll(quote, "_")}%${quote}`;
}

/** Runs whose name holds the text; a whole run id is looked up as such, people paste them from logs. */
export function filterRuns(text: string): string {
  return isRunId(text) ? `attributes.run_id = '${text}'` : `attributes.run_name ILIKE ${quoteLike(text)}`;
}

/** Whether the server would find the name by the text, whose % and _ are wildcards there. */
export function holdsText(name: string, text: string): boolean {
  const pattern = text
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll("%", ".*")
    .replaceAll("_", ".");
  return new RegExp(pattern, "is").test(name);
}

function isRunId(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}
