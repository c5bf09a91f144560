/**
 * `Content-Disposition` that makes browsers save the file under its own name (RFC 6266). Headers carry ASCII only, so other
 * names travel percent-encoded beside a reduced one.
 */
export function attachment(name: string): string {
  const ascii =
    name
      .normalize("NFKD")
      .replace(/[^\x20-\x7e]/g, "")
      .trim() || "download";
  const isToken = /^[A-Za-z0-9!#$&+.^_`|~-]+$/.test(ascii);
  const plain = isToken ? ascii : `"${ascii.replace(/["\\]/g, "\\$&")}"`;
  if (ascii === name) return `attachment; filename=${plain}`;
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename=${plain}; filename*=UTF-8''${encoded}`;
}
