import { fork } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { makeKeysReady } from '../../sandbox/sign-in/state/ready-keys.ts'
import { bundled } from '../support/programs.ts'
import type { Outcome } from './simulate.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '300' },
    from: { type: 'string', default: '1' },
    /** Tells what happened, also where all went well. */
    story: { type: 'boolean', default: false },
  },
})
const Count = z.coerce.number().int().positive()
const seeds = Count.parse(values.seeds)
const from = Count.parse(values.from)
const last = from + seeds - 1
const processes = Math.min(seeds, Math.max(2, availableParallelism()))

const SHOWN = 10
const startedAt = performance.now()
makeKeysReady(4) // each world would make them again
const bundle = await bundled('test/simulation/worker.ts')
let next = from
let done = 0
let failed = 0

/** One process takes the next seed whenever it is done with one. If it ends early, the seed it had counts as failed. */
async function share(): Promise<void> {
  const worker = fork(bundle)
  const gone = once(worker, 'exit')
  while (next <= last) {
    worker.send(next++)
    const answer = await Promise.race([once(worker, 'message'), gone.then(() => null)])
    if (!answer) return
    tell(answer[0] as Outcome)
  }
  worker.disconnect()
  await gone
}

function tell({ seed, broken, story }: Outcome): void {
  done++
  if (values.story) console.log(story.join('\n'))
  if (broken.length > 0) {
    failed++
    console.log(`seed ${seed} broke ${broken.length} promises:`)
    for (const sentence of broken.slice(0, SHOWN)) console.log(`  ${sentence}`)
    if (broken.length > SHOWN) console.log(`  and ${broken.length - SHOWN} more`)
    console.log(`  again: npm run simulate -- --seeds 1 --from ${seed} --story`)
  }
  if (done % 10 === 0 || done === seeds) console.log(`${done} of ${seeds} seeds`)
}

await Promise.all(Array.from({ length: processes }, share))
if (done < seeds) console.log(`${seeds - done} seeds did not come to an end`)
failed += seeds - done
console.log(`in ${Math.round((performance.now() - startedAt) / 1_000)} seconds`)
console.log(`\n${seeds - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
