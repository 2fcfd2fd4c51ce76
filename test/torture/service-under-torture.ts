import { createInterface } from 'node:readline'
import { readConfig } from '../../webhook/config/config.ts'
import { Service } from '../../webhook/service.ts'

/** What a victim is told on its standard input: with which environment it starts, and where it is to die. */
export type Order = {
  environment: Record<string, string>
  /** A crash point and the visit that kills. */
  bomb: { point: string; visits: number } | null
}

/**
 * The service, loaded and waiting for its order, so that a restart costs little. At the visit it was told of it dies by
 * SIGKILL: no farewell, no flush.
 */
async function main(): Promise<void> {
  const input = createInterface(process.stdin)
  const order = await new Promise<Order>((resolve, reject) => {
    input.once('line', (line) => resolve(JSON.parse(line) as Order))
    input.once('close', () => reject(new Error('nobody gives orders any more')))
  })
  let left = order.bomb?.visits ?? 0
  const service = await Service.create(readConfig(order.environment), {
    crash: (point) => {
      if (point !== order.bomb?.point || --left > 0) return
      process.stdout.write(`died at ${point}\n`)
      process.kill(process.pid, 'SIGKILL')
    },
  })
  await service.start()
  process.stdout.write('up\n')
}

main().catch(() => process.exit(1))
