const colors: Readonly<Record<string, string>> = {
  warn: "\u001b[33m",
  error: "\u001b[31m",
  fatal: "\u001b[31m",
};
const dim = "\u001b[2m";
const reset = "\u001b[0m";

/** Already said by the place in the line, or of no use to a person at a terminal. */
const hidden = new Set(["time", "level", "name", "msg", "pid", "err"]);

/**
 * One JSON log line as one line for a person: time, level, who, message, fields. A line that is not one of ours (a
 * library that printed by itself) is passed on as it is.
 */
export function formatLogLine(line: string): string {
  const entry = parse(line);
  if (!entry) return line.endsWith("\n") ? line : `${line}\n`;
  const text = (key: string) => (typeof entry[key] === "string" ? entry[key] : "");
  const level = text("level") || "info";
  const time = text("time").slice(11, 19);
  const color = colors[level] ?? dim;
  const fields = Object.entries(entry)
    .filter(([key]) => !hidden.has(key))
    .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  const head = `${dim}${time}${reset} ${color}${level.padEnd(5)}${reset} ${text("name")}: ${text("msg")}`;
  const tail = fields.length > 0 ? ` ${dim}${fields.join(" ")}${reset}` : "";
  return `${head}${tail}${describeError(entry.err)}\n`;
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function describeError(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  const { stack, message } = error as { stack?: unknown; message?: unknown };
  const text =
    typeof stack === "string" ? stack : typeof message === "string" ? message : JSON.stringify(error);
  return `\n  ${text.split("\n").join("\n  ")}`;
}
