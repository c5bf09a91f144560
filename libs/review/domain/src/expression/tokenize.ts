import { comparisonOperators, type Span } from "./expression.ts";
import { expressionError } from "./expression-error.ts";

export type Token = Span &
  (
    | { readonly kind: "number"; readonly value: number }
    /** A metric's name, or a word of the language. */
    | { readonly kind: "name"; readonly text: string; readonly isQuoted: boolean }
    | { readonly kind: "sign"; readonly text: string }
    | { readonly kind: "end" }
  );

const signs = ["&&", "||", ...comparisonOperators, "!", "+", "-", "*", "/", "(", ")", ",", "=", "."];
const textMax = 2_000;

/** Names may have `/`, `.`, `:`, `@` and `%` within, so division stands between spaces. Other names are put into quotes. */
const namePattern = /[A-Za-z_][A-Za-z0-9_]*(?:[/.:@%][A-Za-z0-9_]+|%(?=[A-Za-z0-9_]))*/y;
const numberPattern = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?%?|\.\d+%?/y;
const quotedPattern = /"([^"\n]*)"/y;

export function tokenize(text: string): readonly Token[] {
  if (text.length > textMax)
    throw expressionError(text, 0, `it has ${text.length} characters; at most ${textMax} are allowed`);
  const tokens: Token[] = [];
  const match = (pattern: RegExp, at: number) => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at] ?? "")) {
      at += 1;
      continue;
    }
    const start = at;
    const number = match(numberPattern, at);
    const quoted = match(quotedPattern, at);
    const name = match(namePattern, at);
    const sign = signs.find((one) => text.startsWith(one, at));
    if (number) {
      const isShare = number[0].endsWith("%");
      const value = Number(isShare ? number[0].slice(0, -1) : number[0]);
      at += number[0].length;
      tokens.push({ kind: "number", value: isShare ? value / 100 : value, start, end: at });
    } else if (quoted) {
      at += quoted[0].length;
      tokens.push({ kind: "name", text: quoted[1] ?? "", isQuoted: true, start, end: at });
    } else if (name) {
      at += name[0].length;
      tokens.push({ kind: "name", text: name[0], isQuoted: false, start, end: at });
    } else if (sign !== undefined) {
      at += sign.length;
      tokens.push({ kind: "sign", text: sign, start, end: at });
    } else if (text[at] === '"') throw expressionError(text, at, "this quote is not closed");
    else throw expressionError(text, at, `'${text.slice(at, at + 1)}' means nothing here`);
  }
  return [...tokens, { kind: "end", start: text.length, end: text.length }];
}
