import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Trap {
  readonly url: string;
  /** What was asked of it. */
  readonly visits: readonly string[];
  close(): Promise<void>;
}

/** A server elsewhere that nobody's browser should call because of what it reads. */
export async function setTrap(): Promise<Trap> {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(request.url ?? "");
    response.end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    visits,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** For fields of one line. `mark` is what a reader sees of it in any case. */
export function hostileLine(trap: string, mark: string): string {
  return `${mark} <img src=x onerror="window.ran='line'"><script>window.ran='line'</script> [l](javascript:window.ran=1) ![p](${trap}/line.png)`;
}

/** Markdown with all that has been tried elsewhere: what runs, what sends, and what fetches. */
export function hostileMarkdown(trap: string, mark: string): string {
  const authority = trap.replace("http:", "");
  return [
    `# ${mark}`,
    `<script>window.ran='script'</script><script src="${trap}/script.js"></script>`,
    `<img src=x onerror="window.ran='onerror'"><img src="${trap}/img.png" srcset="${trap}/set.png 2x">`,
    `<svg onload="window.ran='svg'"><script>window.ran='svg script'</script><image href="${trap}/svg.png"/></svg>`,
    `<style>@import url("${trap}/style.css"); body { background: url("${trap}/background.png") }</style>`,
    `<p style="background: url('${trap}/inline.png')" onmouseover="window.ran='over'">hover</p>`,
    `<iframe src="${trap}/frame" srcdoc="<script>parent.ran='frame'</script>"></iframe>`,
    `<object data="${trap}/object"></object><embed src="${trap}/embed"><video src="${trap}/video" autoplay></video>`,
    `<link rel="stylesheet" href="${trap}/link.css"><base href="${trap}/"><form action="${trap}/form"><input autofocus onfocus="window.ran='focus'"></form>`,
    `<meta http-equiv="refresh" content="600; url=${trap}/meta"><details open ontoggle="window.ran='toggle'">d</details>`,
    `<a href="javascript:window.ran='raw'">raw</a> <math><a xlink:href="javascript:window.ran='math'">m</a></math>`,
    "[plain](javascript:window.ran='link') [case](JaVaScRiPt:window.ran='case') [colon](javascript&colon;window.ran='colon')",
    "[tab](java&#9;script:window.ran='tab') [data](data:text/html,<script>parent.ran='data'</script>) [vb](vbscript:x) [ref][r]",
    "[r]: javascript:window.ran='ref'",
    `![pixel](${trap}/pixel.png) ![relative](${authority}/relative.png) ![back](/\\${authority.slice(2)}/back.png)`,
    `![svg](data:image/svg+xml;base64,${Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' onload='parent.ran=1'/>").toString("base64")})`,
    `<javascript:window.ran='angle'> <${trap}/angle> ${trap}/bare www.example.com {{auc @${mark}}}`,
    "```html\n<script>window.ran='fence'</script>\n```",
  ].join("\n\n");
}
