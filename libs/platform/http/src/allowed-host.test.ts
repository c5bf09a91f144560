import { expect, test } from "vitest";
import { createHostRule, hostNameOf } from "./allowed-host.ts";

const rule = createHostRule(["ml.example.org", "*.lab.example.org"]);

test.each(["localhost", "LOCALHOST:5050", "127.0.0.1:5050", "127.1.2.3", "[::1]:5050", "app.localhost"])(
  "%s is this machine",
  (host) => expect(rule(host)).toBe(true),
);

test.each(["ml.example.org", "ML.example.org:443", "a.lab.example.org"])("%s is configured", (host) =>
  expect(rule(host)).toBe(true),
);

test.each([
  undefined,
  "",
  "evil.example",
  "localhost.evil.example",
  "127.0.0.1.evil.example",
  "lab.example.org",
  "evil-ml.example.org",
  "localhost@evil.example",
  "localhost/evil",
  "10.0.0.1",
])("%s is refused", (host) => expect(rule(host)).toBe(false));

test("a name is read without port and brackets", () => {
  expect(hostNameOf("[::1]:80")).toBe("::1");
  expect(hostNameOf("a.b:80:90")).toBeUndefined();
});
