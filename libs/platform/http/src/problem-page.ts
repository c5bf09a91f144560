/**
 * A plain page for a person who cannot be shown the real one: what is wrong, what to do, the request id. Needs nothing
 * but itself, so it can be shown when everything else is down.
 */
export function renderProblemPage(problem: {
  readonly title: string;
  readonly explanation: string;
  readonly advice?: string | undefined;
  readonly requestId: string;
  /** The page asks again by itself after this many seconds. */
  readonly retrySeconds?: number | undefined;
}): string {
  const refresh =
    problem.retrySeconds === undefined ? "" : `<meta http-equiv="refresh" content="${problem.retrySeconds}">`;
  const retry = problem.retrySeconds === undefined ? "" : "<p>This page tries again by itself.</p>";
  const advice = problem.advice ? `<p>${escapeHtml(problem.advice)}</p>` : "";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refresh}
<title>${escapeHtml(problem.title)} · Runweir</title>
<style>
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 20vh auto 0; padding: 0 1.25rem; }
h1 { font-size: 1.25rem; }
code { font-family: ui-monospace, monospace; }
small { opacity: 0.75; }
</style>
</head>
<body>
<main>
<h1>${escapeHtml(problem.title)}</h1>
<p>${escapeHtml(problem.explanation)}</p>
${advice}${retry}
<p><small>Request <code>${escapeHtml(problem.requestId)}</code></small></p>
</main>
</body>
</html>
`;
}

/** Nothing on a problem page comes from elsewhere or runs. */
export const problemPageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
  "cache-control": "no-store",
} as const;

export function wantsHtml(accept: string | undefined): boolean {
  return accept?.includes("text/html") ?? false;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
