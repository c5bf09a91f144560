/** A note's first line with words in it, without Markdown's marks. */
export function noteLine(note: string): string {
  const line = note.split("\n").find((text) => /\p{L}/u.test(text)) ?? "";
  return line
    .replace(/^[#>\-*\s]+/, "")
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/[*_`]/g, "");
}
