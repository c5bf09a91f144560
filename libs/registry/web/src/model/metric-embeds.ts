import { formatNumber, type WireNumber } from "@runweir/web-ui";

/** `{{auc @champion}}`: the metric of the version that the alias points at now; without an alias, of the newest one. */
const pattern = /\{\{\s*([^\s{}@][^{}@\n]*?)\s*(?:@([\w.-]+)\s*)?\}\}/g;

/** The aliases that a card speaks of; undefined stands for the newest version. */
export function embeddedAliases(text: string): readonly (string | undefined)[] {
  return [...new Set([...text.matchAll(pattern)].map(([, , alias]) => alias))];
}

/** The card with the values in their places. What is not known says so, and stays readable. */
export function fillEmbeds(
  text: string,
  readValue: (key: string, alias: string | undefined) => WireNumber | "loading" | undefined,
): string {
  return text.replaceAll(pattern, (_whole, key: string, alias: string | undefined) => {
    const value = readValue(key, alias);
    if (value === "loading") return "…";
    return value === undefined ? `(no ${key.replaceAll(/[^\w./ -]/g, "")})` : formatNumber(value);
  });
}
