import { hostNameOf } from "./allowed-host.ts";

export interface WriteHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly "sec-fetch-site"?: string | string[] | undefined;
}

const readOnly = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a browser sent this write from a page of another site. Browsers tell by Origin and Sec-Fetch-Site, which pages
 * cannot change; programs (Python, curl) send neither and pass. Another port of the same name counts as another site:
 * whatever else runs on localhost is not us.
 */
export function isCrossSiteWrite(
  method: string,
  headers: WriteHeaders,
  allowedOrigins: ReadonlySet<string>,
): boolean {
  if (readOnly.has(method)) return false;
  const { origin, host } = headers;
  if (origin !== undefined) return !(allowedOrigins.has(origin) || isSameOrigin(origin, host));
  const site = headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin" && site !== "none";
}

function isSameOrigin(origin: string, host: string | undefined): boolean {
  const authority = /^https?:\/\/(.+)$/i.exec(origin)?.[1]?.toLowerCase();
  return authority !== undefined && hostNameOf(authority) !== undefined && authority === host?.toLowerCase();
}
