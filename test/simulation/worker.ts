import { makeKeysReady } from '../../sandbox/sign-in/state/ready-keys.ts'
import { simulate } from './simulate.ts'

/** One of several processes that share the seeds: simulates every `step`-th from `first` to `last`, a line of JSON for each. */
makeKeysReady(4)
const [first = 1, last = 1, step = 1] = process.argv.slice(2).map(Number)
for (let seed = first; seed <= last; seed += step) {
  const outcome = await simulate(seed).catch((error: unknown) => ({
    ...{ seed, story: [] },
    broken: [
      `the simulation itself broke: ${error instanceof Error ? error.stack : String(error)}`,
    ],
  }))
  process.stdout.write(`${JSON.stringify(outcome)}\n`)
}
process.exit() // drivers of killed processes may still be looking for their database
