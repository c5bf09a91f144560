export type Credentials =
  | { readonly by: "basic"; readonly name: string; readonly password: string }
  | { readonly by: "bearer"; readonly token: string }
  | { readonly by: "session"; readonly cookie: string }
  /** Something that is none of these; never taken for nothing. */
  | { readonly by: "other" };

/** What a request brings: the header `Authorization`, or the value of the session's cookie where there is none. */
export function readCredentials(authorization: string | undefined, session: string | undefined): Credentials {
  if (authorization === undefined) return session ? { by: "session", cookie: session } : { by: "other" };
  const [, scheme = "", value = ""] = /^(\S+)\s+(\S+)\s*$/.exec(authorization) ?? [];
  if (/^bearer$/i.test(scheme)) return { by: "bearer", token: value };
  if (/^basic$/i.test(scheme)) {
    const text = Buffer.from(value, "base64").toString("utf8");
    const colon = text.indexOf(":");
    if (colon !== -1) return { by: "basic", name: text.slice(0, colon), password: text.slice(colon + 1) };
  }
  return { by: "other" };
}

/** As it was sent, still encoded. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(";") ?? []) {
    const equals = part.indexOf("=");
    if (part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}
