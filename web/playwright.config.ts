// Debian's Chromium runs everything; unit tests use the same runner without a browser. Tests of pages run on the built
// site with the production headers, never on a development server.
import { defineConfig } from "@playwright/test";

const chromium = {
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
};

export default defineConfig({
  outputDir: "../target/web-tests",
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env["CI"] !== undefined,
  reporter: [["list"]],
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: { launchOptions: chromium, locale: "de-DE", timezoneId: "Europe/Berlin", serviceWorkers: "block" },
  projects: [
    { name: "unit", testDir: "src", testMatch: "**/*.test.ts" },
    { name: "site", testDir: "tests", testMatch: "**/*.spec.ts", testIgnore: "**/journey.spec.ts" },
    { name: "journey", testDir: "tests", testMatch: "**/journey.spec.ts", timeout: 180_000 },
  ],
});
