import type { IncomingHttpHeaders } from "node:http";

/** Hop-by-hop headers end here (RFC 9110, 7.6.1). */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** The headers of a message that go on with it. */
export function passable(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !hopByHop.has(name)) kept[name] = value;
  }
  return kept;
}

/**
 * What of a request's target may go on: never the host, which a target can name in full (`http://host/x`) or seem to
 * name where slashes and backslashes begin it (`//host/x`, and to URL parsers `/\\host/x`).
 */
export function pathOf(target: string): string {
  const path = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, "");
  return `/${path.replace(/^[/\\]+/, "")}`;
}
