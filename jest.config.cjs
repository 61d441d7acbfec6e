/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Only files named *.test.ts are suites: helpers and fixtures live beside them.
  testMatch: ['<rootDir>/__tests__/**/*.test.ts', '<rootDir>/placement-labeller/__tests__/**/*.test.ts'],
  transform: {
    '\\.(ts|mjs)$': '<rootDir>/scripts/jest-transform.cjs',
    '/node_modules/(d3-[a-z-]+|internmap)/.*\\.js$': '<rootDir>/scripts/jest-transform.cjs',
  },
  // ECMAScript modules that the code requires: Node can, Jest only with a Node that is newer than ours.
  transformIgnorePatterns: ['/node_modules/(?!(d3-[a-z-]+|internmap)/)'],
  // Some suites start programs, and CI machines are slow at times.
  testTimeout: 60_000,
  clearMocks: true,
  restoreMocks: true,
};
