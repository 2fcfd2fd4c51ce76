import { report, runBrowserSuites, runSuites } from './support/run-suites.ts'

report(await runSuites('jest.config.js'), await runBrowserSuites())
