const browsers = [
  ["Edge", /\bEdg\//],
  ["Firefox", /\bFirefox\//],
  ["Chrome", /\bChrom(e|ium)\//],
  ["Safari", /\bSafari\//],
] as const;
const systems = [
  ["Windows", /\bWindows\b/],
  ["Android", /\bAndroid\b/],
  ["iOS", /\biP(hone|ad)\b/],
  ["macOS", /\bMac OS X\b/],
  ["Linux", /\bLinux\b/],
] as const;

/** As people call it, as far as what it says of itself can be believed; the order decides, since each claims to be several. */
export function nameBrowser(userAgent: string | undefined): string {
  if (userAgent === undefined) return "Unknown";
  const browser = browsers.find(([, pattern]) => pattern.test(userAgent))?.[0];
  const system = systems.find(([, pattern]) => pattern.test(userAgent))?.[0];
  if (browser === undefined) return userAgent.split(/[\s(]/, 1)[0] || "Unknown";
  return system === undefined ? browser : `${browser} on ${system}`;
}
