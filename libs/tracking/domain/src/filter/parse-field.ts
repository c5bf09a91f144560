import type { Field } from "../query.ts";
import type { Grammar } from "./grammar.ts";

/** Splits `metrics.val.loss` at its first dot and takes the quotes off the key: tags."mlflow.user", params.`lr`. */
export function parseField(identifier: string, grammar: Grammar): Field {
  const dot = /^["`]/.test(identifier) ? -1 : identifier.indexOf(".");
  if (dot < 0) return grammar.field(undefined, unquote(identifier));
  return grammar.field(unquote(identifier.slice(0, dot)), unquote(identifier.slice(dot + 1)));
}

function unquote(text: string): string {
  const quote = text.charAt(0);
  if (text.length >= 2 && /["'`]/.test(quote) && text.endsWith(quote)) return text.slice(1, -1);
  return text;
}
