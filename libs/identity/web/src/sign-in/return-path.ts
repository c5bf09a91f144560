const somewhere = "https://same.invalid";

/**
 * Where to go after signing in: a path of this very site, or else the start. Whoever sends a link to the sign-in page must
 * not be able to send people on to a page of their own.
 */
export function readReturnPath(asked: string | undefined): string {
  if (asked === undefined || !/^\/(?![/\\])/.test(asked) || /[\\\p{Cc}]/u.test(asked)) return "/";
  try {
    const url = new URL(asked, somewhere);
    if (url.origin !== somewhere) return "/";
    const path = `${url.pathname}${url.search}${url.hash}`;
    return /^\/\//.test(path) || /^\/(sign-in|welcome|invitation|reset)(\/|\?|#|$)/.test(path) ? "/" : path;
  } catch {
    return "/";
  }
}
