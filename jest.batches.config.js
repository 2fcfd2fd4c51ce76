import suites from './jest.config.js'

/** The same suites in the batches that `test/support/batches.ts` writes. */
export default { ...suites, roots: ['<rootDir>/.sandbox/batches'] }
