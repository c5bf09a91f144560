import { expect, test } from "vitest";
import { loggedPath } from "./observe-requests.ts";

test.each([
  ["/runs/1?tab=charts", "/runs/1?tab=charts"],
  ["/reset", "/reset"],
  ["/reset/abc-_9?x=1", "/reset/[secret]?x=1"],
  ["/welcome/abc", "/welcome/[secret]"],
  ["/invitation/abc", "/invitation/[secret]"],
  ["/api/auth/callback/oidc?code=abc&state=d", "/api/auth/callback/oidc?[secret]"],
])("%s is logged as %s", (url, logged) => {
  expect(loggedPath(url)).toBe(logged);
});
