/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Only files named *.test.ts are suites: helpers and fixtures live beside them.
  testMatch: ['<rootDir>/__tests__/**/*.test.ts', '<rootDir>/placement-labeller/__tests__/**/*.test.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/jest-transform.cjs' },
  // Some suites start programs, and CI machines are slow at times.
  testTimeout: 60_000,
  clearMocks: true,
  restoreMocks: true,
};
