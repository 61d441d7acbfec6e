const path = require('node:path');

const rootDir = path.resolve(__dirname, '..');
const base = { ...require('../jest.config.cjs'), rootDir };
const existing = process.env.E2E_EXISTING === '1';

const repository = { ...base, displayName: 'repository', testMatch: ['<rootDir>/e2e/*.test.ts', '<rootDir>/e2e/browser/*.test.ts'] };
// A project of its own: its setup, which may build programs for minutes, runs only when one of its suites does.
const cluster = {
  ...base,
  displayName: 'cluster',
  testMatch: existing ? ['<rootDir>/e2e/cluster/existing-cluster.test.ts'] : ['<rootDir>/e2e/cluster/!(existing-cluster).test.ts'],
  globalSetup: '<rootDir>/e2e/servers/global-setup.ts',
};

/** @type {import('jest').Config} */
module.exports = {
  rootDir,
  // These suites start programs and install packages; each says in its name what it needs.
  testTimeout: 600_000,
  maxWorkers: 1,
  projects: existing ? [cluster] : [repository, cluster],
};
