/** Collects named figures and prints each as it comes; docs/benchmarks.md explains the names. */
export class Report {
  readonly figures: Record<string, number> = {}

  constructor(private readonly print: (line: string) => void) {}

  heading(title: string): void {
    this.print(`\n${title}`)
  }

  /** One named figure. Numbers below 100 keep two places. */
  figure(name: string, value: number, unit: string): void {
    const rounded = Math.abs(value) < 100 ? Math.round(value * 100) / 100 : Math.round(value)
    this.figures[name] = rounded
    this.print(`  ${name.padEnd(46)} ${rounded.toLocaleString('en')} ${unit}`)
  }

  /** How long something took: `<name>.p50Ms`, or `<name>.p50Ms.<of>`. */
  spread(
    name: string,
    eachMs: readonly number[],
    { shares = ['p50', 'p99'], of = '' }: { shares?: readonly Share[]; of?: string } = {},
  ): void {
    const tail = of && `.${of}`
    for (const share of shares)
      this.figure(`${name}.${share}Ms${tail}`, percentile(eachMs, SHARES[share]), 'ms')
  }
}

const SHARES = { p50: 0.5, p95: 0.95, p99: 0.99, 'p99.9': 0.999, max: 1 } as const
type Share = keyof typeof SHARES

/** What a part may use up, so that a trial is short. */
export type Scale = {
  /** No more mails or ledger entries than this. */
  largest: number
  /** How long each rate of notifications is kept up. */
  seconds: number
  /** The console with as much as a large workspace has. */
  full?: boolean
}

export type Part = (report: Report, scale: Scale) => void | Promise<void>

/** Of any values, the one that `share` of them do not exceed. */
function percentile(values: readonly number[], share: number): number {
  const ascending = values.toSorted((a, b) => a - b)
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? NaN
}

/** 1000 is `1k`, 1000000 is `1M`: for names. */
export const short = (count: number): string =>
  count >= 1_000_000 ? `${count / 1_000_000}M` : `${count / 1_000}k`
