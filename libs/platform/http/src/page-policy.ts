import { randomBytes } from "node:crypto";

/** What a page may load and run, and the mark by which its own scripts are known; another for every answer. */
export interface PagePolicy {
  readonly nonce: string;
  /** Of `content-security-policy`. */
  readonly header: string;
}

/**
 * Only scripts that the zone has marked while it drew this very page run, and what they load: text that got into a page as markup
 * stays text. Nothing comes from other sites, and none of them frames a page, is sent a form or a link's base. Styles may stand
 * in the page: charts and tables place things by them.
 */
export function createPagePolicy(options: { readonly development: boolean }): PagePolicy {
  const nonce = randomBytes(16).toString("base64");
  // Next.js's development server builds its modules with eval, and is told of changes through a socket.
  const inDevelopment = options.development ? " 'unsafe-eval'" : "";
  const directives = [
    "default-src 'self'",
    // 'self' is for browsers that do not know 'strict-dynamic'; all others pass over it. Parquet files are unpacked by WebAssembly.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${inDevelopment}`,
    "script-src-attr 'none'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "connect-src 'self'",
    "frame-src 'self'",
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ];
  return { nonce, header: directives.join("; ") };
}
