import { writeBatches } from './support/batches.ts'
import { report, runBrowserSuites, runSuites } from './support/run-suites.ts'

writeBatches(process.cwd())
report(await runSuites('jest.batches.config.js'), await runBrowserSuites())
