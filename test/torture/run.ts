import { parseArgs } from 'node:util'
import { z } from 'zod'
import { crashPoints } from '../../webhook/crash-points.ts'
import { bundlePrograms } from './bundle.ts'
import { torture } from './torture.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    'mongodb-url': { type: 'string' },
  },
})
const SHOWN = 20
const Count = z.coerce.number().int().positive()
const kills = Count.parse(values.kills)
const seed = Count.parse(values.seed)
const elsewhere = values['mongodb-url'] ?? null

const replay = [
  `npm run torture -- --kills ${kills} --seed ${seed}`,
  ...(elsewhere ? ['--mongodb-url <the same>'] : []),
].join(' ')

// However it is interrupted: what was started ends with us.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const programs = await bundlePrograms()
const startedAt = Date.now()
const { tally, broken } = await torture({
  ...{ kills, seed, programs, elsewhere },
  onKill: (done) => {
    if (done % 10 === 0 || done === kills)
      console.log(`${done} of ${kills} kills, ${Math.round((Date.now() - startedAt) / 1_000)} s`)
  },
})
for (const line of tally.lines(crashPoints)) console.log(line)
for (const fault of broken.slice(0, SHOWN)) console.log(`  ${fault}`)
if (broken.length > SHOWN) console.log(`  and ${broken.length - SHOWN} more`)
if (broken.length > 0) console.log(`Again: ${replay}`)
console.log(`\n${kills} passed, ${broken.length} failed`)
process.exitCode = broken.length > 0 ? 1 : 0
