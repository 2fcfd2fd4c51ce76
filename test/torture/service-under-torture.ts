import { createInterface } from 'node:readline'
import { readConfig } from '../../webhook/config/config.ts'
import type { CrashHook, CrashPoint } from '../../webhook/crash-points.ts'
import { Service } from '../../webhook/service.ts'

/** A crash point, the visit at which it happens, and what happens: death, or a standstill. */
export type Bomb = { point: CrashPoint; visits: number; signal: 'SIGKILL' | 'SIGSTOP' }

/** What a victim is told on its standard input: with which environment it starts, and where it is to die. */
export type Order = { environment: Record<string, string>; bomb: Bomb | null }

/**
 * The service, loaded and waiting for its order, so that a restart costs little. At the visit it was told of it dies: no
 * farewell, no flush.
 */
async function main(): Promise<void> {
  const input = createInterface(process.stdin)
  const order = await new Promise<Order>((resolve, reject) => {
    input.once('line', (line) => resolve(JSON.parse(line) as Order))
    input.once('close', () => reject(new Error('nobody gives orders any more')))
  })
  const crash = order.bomb ? fuseOf(order.bomb) : () => undefined
  const service = await Service.create(readConfig(order.environment), { crash })
  await service.start()
  process.stdout.write('up\n')
}

function fuseOf({ point: fatal, visits, signal }: Bomb): CrashHook {
  let left = visits
  return (point) => {
    // A message is put aside only when storing it fails again and again for no reason that we know.
    if (fatal === 'message-quarantined' && point === 'emails-written') throw new Error('choked')
    if (point !== fatal || --left !== 0) return
    process.stdout.write(`${signal} at ${point}\n`)
    process.kill(process.pid, signal)
  }
}

main().catch(() => process.exit(1))
