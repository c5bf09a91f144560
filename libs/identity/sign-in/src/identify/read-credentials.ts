import type { IncomingHttpHeaders } from "node:http";

export type Credentials =
  | { readonly by: "basic"; readonly name: string; readonly password: string }
  | { readonly by: "bearer"; readonly token: string }
  | { readonly by: "session"; readonly cookie: string }
  /** Something that is none of these; never taken for nothing. */
  | { readonly by: "other" };

/** What a request brings. A header wins over a cookie: whoever sends one means it. */
export function readCredentials(
  headers: IncomingHttpHeaders,
  sessionCookie: string,
): Credentials | undefined {
  const { authorization } = headers;
  if (authorization !== undefined) {
    const [, scheme = "", value = ""] = /^(\S+)\s+(\S+)\s*$/.exec(authorization) ?? [];
    if (/^bearer$/i.test(scheme)) return { by: "bearer", token: value };
    if (/^basic$/i.test(scheme)) {
      const text = Buffer.from(value, "base64").toString("utf8");
      const colon = text.indexOf(":");
      if (colon !== -1) return { by: "basic", name: text.slice(0, colon), password: text.slice(colon + 1) };
    }
    return { by: "other" };
  }
  const cookie = readCookie(headers.cookie, sessionCookie);
  return cookie === undefined || cookie === "" ? undefined : { by: "session", cookie };
}

/** As it was sent, still encoded. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(";") ?? []) {
    const equals = part.indexOf("=");
    if (part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}
