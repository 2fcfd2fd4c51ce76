import { makeKeysReady } from '../../sandbox/sign-in/state/ready-keys.ts'
import { simulate, type Outcome } from './simulate.ts'

/** One of several processes that share the seeds: simulates each that it is sent, and sends back what came of it. */
makeKeysReady(4)
process.on('message', (seed: number) => void outcomeOf(seed).then((it) => process.send?.(it)))
// Drivers of killed processes may still be looking for their database.
process.on('disconnect', () => process.exit())

const outcomeOf = (seed: number): Promise<Outcome> =>
  simulate(seed).catch((error: unknown) => ({
    ...{ seed, story: [] },
    broken: [
      `the simulation itself broke: ${error instanceof Error ? error.stack : String(error)}`,
    ],
  }))
