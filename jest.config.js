/** Jest runs the TypeScript as it is written; swc strips the types and turns modules into what jest loads. */
const esmOnly = ['jose'] // published as ES modules alone: swc turns them too

export default {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/before-all.ts',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/'],
  extensionsToTreatAsEsm: [],
  transform: {
    '^.+\\.(ts|tsx|js|mjs)$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  testTimeout: 60_000,
  workerIdleMemoryLimit: '1GB',
}
