const path = require('node:path');

const rootDir = path.resolve(__dirname, '..');
const base = { ...require('../jest.config.cjs'), rootDir };

/** @type {import('jest').Config} */
module.exports = {
  rootDir,
  // These suites start programs and install packages; each says in its name what it needs.
  testTimeout: 600_000,
  maxWorkers: 1,
  projects: [
    { ...base, displayName: 'repository', testMatch: ['<rootDir>/e2e/*.test.ts'] },
    // A project of its own: its setup, which may build programs for minutes, runs only when one of its suites does.
    {
      ...base,
      displayName: 'cluster',
      testMatch: ['<rootDir>/e2e/cluster/*.test.ts'],
      globalSetup: '<rootDir>/e2e/servers/global-setup.ts',
    },
  ],
};
