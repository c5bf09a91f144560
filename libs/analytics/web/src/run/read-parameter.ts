import type { SqlParameter } from "@runweir/analytics-domain";

/**
 * What somebody typed for a parameter: `null`, `true`, `false` and numbers are what they look like, `[…]` is a list as JSON
 * has it, a text in single quotes is a text whatever is in it, anything else is a text as it stands.
 */
export function readParameter(typed: string): SqlParameter {
  const text = typed.trim();
  if (text === "null") return null;
  if (text === "true" || text === "false") return text === "true";
  if (/^'.*'$/s.test(text)) return text.slice(1, -1);
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) {
    const number = Number(text);
    // A number that would not survive stays as it was typed; the statement can cast it.
    return Number.isSafeInteger(number) || !/^[-+]?\d+$/.test(text) ? number : text;
  }
  if (text.startsWith("[")) {
    try {
      const list: unknown = JSON.parse(text);
      if (Array.isArray(list)) return list as readonly SqlParameter[];
    } catch {
      // Not a list after all.
    }
  }
  return typed;
}
