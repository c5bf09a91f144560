import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Only what hangs is ended by these: a machine with other things to do takes ten times as long as one without. */
const patience = { testTimeout: 60_000, hookTimeout: 120_000, expect: { poll: { timeout: 20_000 } } };
const longPatience = { ...patience, testTimeout: 300_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    // Much of what the tests do is waiting for Postgres and for processes: two at once even on two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Not isolated: no test replaces a module, and reading them all anew for each file was a fifth of the unit tests' work.
    // Fast rules, and adapters against the real engines. Browser and client suites live in e2e/.
    projects: [
      {
        test: {
          name: "unit",
          ...patience,
          include: ["{apps,libs,tools}/**/*.test.{ts,tsx}"],
          exclude: ["**/node_modules/**", "**/*.db.test.ts", "**/*.kafka.test.ts", "**/.next/**"],
          isolate: false,
        },
      },
      {
        test: {
          name: "db",
          ...longPatience,
          include: ["{apps,libs,tools}/**/*.db.test.ts"],
          isolate: false,
          exclude: ["**/node_modules/**", "**/.next/**"],
          globalSetup: ["libs/platform/postgres/testing/vitest-global-setup.ts"],
        },
      },
      {
        test: {
          name: "kafka",
          ...longPatience,
          include: ["{apps,libs,tools}/**/*.kafka.test.ts"],
          exclude: ["**/node_modules/**", "**/.next/**"],
          globalSetup: [
            "libs/platform/postgres/testing/vitest-global-setup.ts",
            "tools/kafka/testing/vitest-global-setup.ts",
          ],
        },
      },
    ],
  },
});
