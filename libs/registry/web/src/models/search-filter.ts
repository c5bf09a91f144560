import { quoteLike } from "@runweir/tracking-web";

/** What tells a filter from words: a comparison. */
const comparison = /[=<>]|\b(i?like|in)\s*['"(]/i;

/** Whether the text is a filter in MLflow's grammar and not only a part of a name. */
export function isFilter(text: string): boolean {
  return comparison.test(text);
}

/** A search of models as the server takes it: a filter as it is, words as a part of the name. */
export function searchFilter(text: string): string | undefined {
  const wanted = text.trim();
  if (wanted === "") return undefined;
  if (isFilter(wanted)) return wanted;
  return `name ILIKE ${quoteLike(wanted)}`;
}
