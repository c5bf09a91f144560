import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

// Debian's Chromium where there is one (build machines cannot fetch Playwright's own), else Playwright's.
const system = "/usr/bin/chromium";
const executable = existsSync(system) ? { executablePath: system } : {};

export default defineConfig({
  testDir: "src",
  outputDir: "test-results",
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // Each has a server of its own; pages wait more than they work.
  workers: 2,
  // The counts name what passed only the second time.
  retries: 1,
  forbidOnly: true,
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    launchOptions: { ...executable, args: ["--no-sandbox", "--disable-dev-shm-usage"] },
    screenshot: "only-on-failure",
    // Recording every test costs all of them time: what failed is run again, recorded.
    trace: "on-first-retry",
  },
});
