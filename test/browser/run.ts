import { report, runBrowserSuites } from '../support/run-suites.ts'

report(await runBrowserSuites())
