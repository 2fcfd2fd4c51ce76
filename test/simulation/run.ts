import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { makeKeysReady } from '../../sandbox/sign-in/state/ready-keys.ts'
import { bundleSimulation } from './bundle.ts'
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
makeKeysReady(4) // each world would make them again
const bundle = await bundleSimulation()
let done = 0
let failed = 0

/** A process that ends early leaves seeds undone; those count as failed. */
async function share(index: number): Promise<void> {
  const args = [from + index, last, processes].map(String)
  const worker = spawn(process.execPath, [bundle, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(worker, 'exit')
  for await (const line of createInterface(worker.stdout)) tell(JSON.parse(line) as Outcome)
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

await Promise.all(Array.from({ length: processes }, (_, index) => share(index)))
if (done < seeds) console.log(`${seeds - done} seeds did not come to an end`)
failed += seeds - done
console.log(`\n${seeds - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
