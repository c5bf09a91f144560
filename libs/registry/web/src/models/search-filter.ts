/** What tells a filter from words: a comparison. */
const comparison = /[=<>]|\b(i?like|in)\s*['"(]/i;

/** Whether the text is a filter in MLflow's grammar and not only a part of a name. */
export function isFilter(text: string): boolean {
  return comparison.test(text);
}
