/** A text as a pattern of MLflow's filter grammar that finds it anywhere. */
export function quoteLike(text: string): string {
  // The grammar has no escape for quotes; the other kind is used, and where both occur one becomes "any character".
  const quote = text.includes("'") ? '"' : "'";
  return `${quote}%${text.replaceAll(quote, "_")}%${quote}`;
}
