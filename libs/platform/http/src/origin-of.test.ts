import { expect, test } from "vitest";
import { originOf } from "./origin-of.ts";

const from = (remoteAddress: string, forwarded?: string) =>
  originOf({
    url: "/api/2.0/mlflow/runs/create",
    headers: { "x-forwarded-for": forwarded, "user-agent": "mlflow/3.1" },
    socket: { remoteAddress } as never,
  });

test("the other end, and what it calls itself", () => {
  expect(from("10.0.0.7")).toEqual({ door: "api", address: "10.0.0.7", userAgent: "mlflow/3.1" });
  expect(from("::ffff:10.0.0.7").address).toBe("10.0.0.7");
  expect(originOf({ url: "/trpc/tracking/x", headers: {}, socket: {} as never }).door).toBe("pages");
});

test("a proxy on this machine is believed for what it saw itself, and nobody else is", () => {
  expect(from("127.0.0.1", "1.2.3.4, 10.0.0.9").address).toBe("10.0.0.9");
  expect(from("::ffff:127.0.0.1", "2001:db8::1").address).toBe("2001:db8::1");
  expect(from("10.0.0.7", "10.0.0.9").address).toBe("10.0.0.7");
  expect(from("::1", "10.0.0.9, <script>").address).toBe("::1");
  expect(from("::1").address).toBe("::1");
});
