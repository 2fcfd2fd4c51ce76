import { readFileSync, writeFileSync } from 'node:fs'

const KIB_PER_MIB = 1_024

/** The most memory the process has held since its start, or since `forgetPeak`: VmHWM (man 5 proc). */
export function peakMB(pid: number): number {
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) / KIB_PER_MIB
}

/** From now on the peak is counted anew: compiling at the start is not what is measured (man 5 proc, clear_refs). */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

/** What the clock of /proc ticks in; 100 a second on every Linux (man 5 proc, sysconf(_SC_CLK_TCK)). */
const MS_PER_TICK = 10

/** Processor time it has used so far, its own and the system's for it. */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const [userTicks, systemTicks] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
  return (Number(userTicks) + Number(systemTicks)) * MS_PER_TICK
}
