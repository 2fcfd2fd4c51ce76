import type { Report } from '../figures.ts'
import type { OutlookPage } from './outlook-page.ts'

/** After so many messages it is looked at; the pane keeps what it was told of the last 50. */
const LOOKED_AT = [50, 100, 250, 500]
const MB = 1_000_000

/** What the pane holds after many messages, garbage collected: it must not grow. */
export async function measureMemory(report: Report, outlook: OutlookPage): Promise<void> {
  await outlook.reload()
  let switches = 0
  for (const target of LOOKED_AT) {
    for (; switches < target; switches++) await outlook.open(outlook.at(switches + 1))
    const { heapMB, nodes, listeners } = await heldBy(outlook)
    report.figure(`pane.heapMB.${target}`, heapMB, 'MB of JavaScript objects')
    report.figure(`pane.nodes.${target}`, nodes, 'DOM nodes')
    report.figure(`pane.listeners.${target}`, listeners, 'listeners')
  }
}

async function heldBy({ devtools }: OutlookPage) {
  // What is only weakly held goes with the second.
  for (const _round of [1, 2]) await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners: listeners } = await devtools.send('Memory.getDOMCounters')
  return { heapMB: usedSize / MB, nodes, listeners }
}
