import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page } from "@playwright/test";
import { zones } from "@runweir/web-zones";
import { test } from "./server-fixture.ts";

const pages = Object.entries(zones).flatMap(([zone, { paths }]) =>
  paths.map((path) => [zone, path] as const),
);

/** Keeps which directive refused something on the pages that follow. */
async function noteViolations(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const violated: string[] = [];
    Object.assign(window, { violated });
    document.addEventListener("securitypolicyviolation", (event) => violated.push(event.effectiveDirective));
  });
  return () => page.evaluate(() => (window as unknown as { violated: string[] }).violated);
}

for (const [zone, path] of pages)
  test(`${zone}, ${path}: only scripts that were marked for this page run`, async ({ page, server }) => {
    const violated = await noteViolations(page);
    const answer = await page.goto(server + path);
    const policy = answer?.headers()["content-security-policy"] ?? "";
    expect(policy).toMatch(
      /script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}' 'strict-dynamic' 'wasm-unsafe-eval';/,
    );
    expect(policy).toContain("frame-ancestors 'self'");
    // It is drawn in the browser: so the zone's own scripts ran.
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await violated()).toEqual([]);

    await page.evaluate(() => {
      // Markup as somebody's text would bring it in.
      const written = document.createElement("div");
      written.innerHTML = `<img src="data:," onerror="document.title = 'ran'"><a href="javascript:void(document.title = 'ran')">x</a>`;
      document.body.append(written);
      written.querySelector("a")?.click();
    });
    await expect
      .poll(async () => (await violated()).toSorted())
      .toEqual(["script-src-attr", "script-src-elem"]);
    expect(await page.title()).not.toBe("ran");
    const again = await page.reload();
    expect(again?.headers()["content-security-policy"]).not.toBe(policy);
  });

test("no other site frames a page", async ({ page, server }) => {
  const other = createServer((_request, response) =>
    response
      .writeHead(200, { "content-type": "text/html" })
      .end(`<iframe src="${server}/experiments"></iframe>`),
  );
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  try {
    const refused = page.waitForEvent("console", (message) => message.text().includes("frame-ancestors"));
    // Another port is another site's page to the policy.
    await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
    await refused;
    await expect(page.frameLocator("iframe").getByRole("heading", { level: 1 })).toHaveCount(0);
  } finally {
    other.closeAllConnections();
    other.close();
  }
});
