import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Fast rules, and adapters against the real engines. Browser and client suites live in e2e/.
    projects: [
      {
        test: {
          name: "unit",
          include: ["{apps,libs,tools}/**/*.test.{ts,tsx}"],
          exclude: ["**/node_modules/**", "**/*.db.test.ts", "**/*.kafka.test.ts", "**/.next/**"],
        },
      },
      {
        test: {
          name: "db",
          include: ["{apps,libs,tools}/**/*.db.test.ts"],
          exclude: ["**/node_modules/**", "**/.next/**"],
          globalSetup: ["libs/platform/postgres/testing/vitest-global-setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "kafka",
          include: ["{apps,libs,tools}/**/*.kafka.test.ts"],
          exclude: ["**/node_modules/**", "**/.next/**"],
          globalSetup: [
            "libs/platform/postgres/testing/vitest-global-setup.ts",
            "tools/kafka/testing/vitest-global-setup.ts",
          ],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
