/** The name in a Host header or an origin, without port and brackets, in lower case; undefined when it is none. */
export function hostNameOf(host: string | undefined): string | undefined {
  if (!host) return undefined;
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(host);
  return match?.[1]?.replace(/^\[|\]$/g, "").toLowerCase();
}

/** Names that can only mean this machine, whatever a name server says. */
export function isLoopbackName(name: string): boolean {
  return (
    name === "localhost" || name.endsWith(".localhost") || name === "::1" || /^127(\.\d{1,3}){3}$/.test(name)
  );
}

/**
 * Decides which Host headers this server answers to: loopback names, and the names the operator configured
 * (`*.example.org` covers every name below it). Any other name may be a page of a stranger whose name server points here
 * (DNS rebinding; CVE-2025-14279 is this hole in MLflow).
 */
export function createHostRule(allowedHosts: readonly string[]): (host: string | undefined) => boolean {
  const exact = new Set<string>();
  const suffixes: string[] = [];
  for (const allowed of allowedHosts) {
    if (allowed.startsWith("*.")) suffixes.push(allowed.slice(1).toLowerCase());
    else exact.add(hostNameOf(allowed) ?? allowed.toLowerCase());
  }
  return (host) => {
    const name = hostNameOf(host);
    if (!name) return false;
    return isLoopbackName(name) || exact.has(name) || suffixes.some((suffix) => name.endsWith(suffix));
  };
}
