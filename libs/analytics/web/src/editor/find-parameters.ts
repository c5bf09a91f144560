/** The names of `$name` in a statement, in order of their first use; those in texts, names and comments are none. */
export function findParameters(sql: string): readonly string[] {
  const names = new Set<string>();
  const parts = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$\$[\s\S]*?\$\$|\$([A-Za-z_]\w*)/g;
  for (const [, name] of sql.matchAll(parts)) if (name !== undefined) names.add(name);
  return [...names];
}
