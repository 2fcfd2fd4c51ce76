import type { Report } from '../figures.ts'
import type { OutlookPage } from './outlook-page.ts'

const SLOWER = 4
/** Not counted: the browser compiles what it has seen more than once. */
const WARMING = 4
const ROUNDS = 20

/** From the navigation to the message's card, everything in the cache; and on a processor four times slower. */
export async function measureUsable(report: Report, outlook: OutlookPage): Promise<void> {
  for (const rate of [1, SLOWER]) {
    await outlook.devtools.send('Emulation.setCPUThrottlingRate', { rate })
    const shownMs: number[] = []
    const cpuMs: number[] = []
    for (let round = -WARMING; round < ROUNDS; round++) {
      const { shownAt } = await outlook.reload()
      if (round < 0) continue
      shownMs.push(shownAt)
      cpuMs.push(await outlook.cpuMs())
    }
    const of = rate === 1 ? '' : `${rate}xSlower`
    report.spread('pane.usable', shownMs, { shares: ['p50', 'p95'], of })
    if (rate === 1) report.spread('pane.usable.cpu', cpuMs, { shares: ['p50'] })
  }
  await outlook.devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
}
