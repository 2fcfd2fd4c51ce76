import type { Report } from '../figures.ts'
import type { OutlookPage } from './outlook-page.ts'

const SWITCHES = 50
/** Somebody goes to and fro between so many; the pane still knows them. */
const TO_AND_FRO = 10

/** From the host's word that another message is open to its card; and of that, what the service took to answer. */
export async function measureSwitches(report: Report, outlook: OutlookPage): Promise<void> {
  await outlook.reload() // what it has seen is forgotten
  const count = Math.min(SWITCHES, outlook.messages.length - 1)
  const visits = {
    first: (turn: number) => 1 + turn,
    return: (turn: number) => count - (turn % TO_AND_FRO),
  }
  for (const [name, placeOf] of Object.entries(visits)) {
    const shownMs: number[] = []
    const askedMs: number[] = []
    const before = await outlook.cpuMs()
    for (let turn = name === 'return' ? 1 : 0; shownMs.length < count; turn++) {
      const took = await outlook.open(outlook.at(placeOf(turn)))
      shownMs.push(took.shownMs)
      askedMs.push(took.askedMs)
    }
    report.spread(`pane.switch.${name}`, shownMs, { shares: ['p50', 'p95'] })
    report.spread(`pane.switch.${name}.look`, askedMs, { shares: ['p50', 'p95'] })
    const cpuMs = ((await outlook.cpuMs()) - before) / shownMs.length
    report.figure(`pane.switch.${name}.cpuMs`, cpuMs, 'ms of one core for each')
  }
}
