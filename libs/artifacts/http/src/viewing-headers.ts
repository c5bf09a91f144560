/**
 * A report may draw itself (charts do) and load what it needs from other sites, but it runs in an origin of its own: no
 * cookies, no reading and no writing of this server, no sending of what it shows.
 */
const reportPolicy = [
  "sandbox allow-scripts",
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' data: blob: https:",
  "style-src 'unsafe-inline' data: https:",
  "img-src data: blob: https:",
  "font-src data: https:",
  "media-src data: blob: https:",
  "worker-src blob:",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join("; ");

/** Drawings may style themselves and nothing more. */
const drawingPolicy =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'";

/**
 * Headers under which a file may be shown inside a page, or undefined when it can only be saved. Anybody who may log a run
 * may put anything into it: what can run scripts is shut into a sandbox, also when it is opened in a tab of its own.
 */
export function viewingHeaders(contentType: string): Readonly<Record<string, string>> | undefined {
  switch (contentType) {
    case "text/html":
    case "application/xhtml+xml":
      return sandboxed(reportPolicy);
    case "image/svg+xml":
      return sandboxed(drawingPolicy);
    // Browsers do not start their viewer inside a sandbox; it is one itself.
    case "application/pdf":
      return { "content-security-policy": "frame-ancestors 'self'" };
  }
  if (/^(text|image|audio|video)\//.test(contentType)) return sandboxed("sandbox; frame-ancestors 'self'");
  return undefined;
}

/** Browsers refuse a sandboxed page in a tab of its own as long as it asks for an opener policy. */
function sandboxed(policy: string): Readonly<Record<string, string>> {
  return { "content-security-policy": policy, "cross-origin-opener-policy": "unsafe-none" };
}
