import base from './jest.config.js'

/** The pages in Chromium, one after the other: two cores do not carry two sandboxes. */
export default {
  ...base,
  testPathIgnorePatterns: ['/node_modules/'],
  roots: ['<rootDir>/test/browser'],
  testTimeout: 180_000,
  maxWorkers: 1,
}
