/** Packages of a requirements file, by name in lower case: the version where it is pinned, else all that is said. */
export function parseRequirements(text: string): Readonly<Record<string, string>> {
  const packages: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const said = line.replace(/(^|\s)#.*$/, "").trim();
    if (said === "" || said.startsWith("-")) continue;
    const [, name, rest = ""] = /^([A-Za-z0-9][A-Za-z0-9._-]*)(.*)$/s.exec(said) ?? [];
    if (name === undefined) continue;
    const [, version] = /^(?:\[[^\]]*\])?\s*===?\s*([^\s;,]+)/.exec(rest) ?? [];
    packages[name.toLowerCase().replaceAll(/[-_.]+/g, "-")] = version ?? (rest.trim() || "any");
  }
  return packages;
}
