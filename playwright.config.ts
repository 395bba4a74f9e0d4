/** End-to-end tests: against a production build, each worker with a server, port and data folder of its own (e2e/server.ts). */
import { defineConfig } from '@playwright/test'

const MEASURED = /(first-chart|stopping|timeline-frames)\.spec\.ts$/

export default defineConfig({
  testDir: 'e2e',
  projects: [
    { name: 'promises', testIgnore: MEASURED },
    // What is timed runs alone, when everything else is over: a machine that is busy with other tests can't keep a promise.
    { name: 'measured', testMatch: MEASURED, dependencies: ['promises'], workers: 1 },
  ],
  fullyParallel: false,
  workers: 2,
  retries: 0, // a flaky test is broken
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [['list'], ['json']] : [['list']],
  use: {
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.INTERLEAVE_CHROMIUM || undefined,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
