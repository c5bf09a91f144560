import { DomainError } from "@runweir/errors";

/**
 * A token of a filter string. `identifier` covers everything that is not quoted with ', not an operator and not a bracket:
 * keys, keywords and numbers; its parts are separated by the first dot outside quotes. `text` is as the person wrote it.
 */
export type Token =
  | { readonly kind: "identifier"; readonly text: string; readonly value: string; readonly quoted: boolean }
  | { readonly kind: "string"; readonly text: string; readonly value: string }
  | { readonly kind: "operator" | "open" | "close" | "comma"; readonly text: string };

const operatorAt = /(?:<=|>=|!=|<>|==|=|<|>)/y;
const bareAt = /[^\s'"`()<>=!,]+/y;
const quotedAt = { "'": /'((?:''|\\'|[^'])*)'/y, '"': /"([^"]*)"/y, "`": /`([^`]*)`/y } as const;
const single = { "(": "open", ")": "close", ",": "comma" } as const;

/** Throws `invalid_argument` where a quote is not closed or a character has no meaning. */
export function tokenize(filter: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < filter.length) {
    const character = filter.charAt(at);
    if (/\s/.test(character)) {
      at += 1;
      continue;
    }
    const token = tokenAt(filter, at);
    if (!token) {
      throw new DomainError(
        "invalid_argument",
        `Invalid filter '${filter}'. Could not be parsed: ${
          character in quotedAt ? `the quote (${character})` : `'${character}'`
        } at character ${at + 1} is ${character in quotedAt ? "never closed" : "not understood"}.`,
        { field: "filter" },
      );
    }
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function tokenAt(filter: string, at: number): Token | undefined {
  const character = filter.charAt(at);
  if (character in single) return { kind: single[character as keyof typeof single], text: character };
  const operator = matchAt(operatorAt, filter, at);
  if (operator) return { kind: "operator", text: operator[0] };
  if (character === "'") {
    const match = matchAt(quotedAt["'"], filter, at);
    return match && { kind: "string", text: match[0], value: unescapeSingle(match[1] as string) };
  }
  return identifierAt(filter, at);
}

/** Bare and quoted pieces that touch each other: metrics."a b", tags.`mlflow.user`, params.lr. */
function identifierAt(filter: string, start: number): Token | undefined {
  let at = start;
  let value = "";
  let quoted = false;
  while (at < filter.length) {
    const character = filter.charAt(at);
    const isQuote = character === '"' || character === "`" || (character === "'" && value.endsWith("."));
    const match = isQuote
      ? matchAt(quotedAt[character as keyof typeof quotedAt], filter, at)
      : matchAt(bareAt, filter, at);
    if (!match) break;
    value += isQuote ? (match[1] as string) : match[0];
    quoted ||= isQuote;
    at += match[0].length;
  }
  return at === start ? undefined : { kind: "identifier", text: filter.slice(start, at), value, quoted };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function unescapeSingle(inner: string): string {
  return inner.replace(/''|\\'/g, "'");
}
