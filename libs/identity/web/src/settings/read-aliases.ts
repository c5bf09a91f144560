/** Patterns that were typed, one per line; each once. */
export function readAliases(text: string): string[] {
  const typed = text.split("\n").map((line) => line.trim());
  return [...new Set(typed)].filter((pattern) => pattern !== "");
}
