import type { Page } from 'playwright-core'

const KB = 1_000
/** What a page loads behind its first paint has come by then. */
const BEHIND_MS = 2_000

/** The console's pages, as `console/router/route.ts` has them. */
const PAGES = {
  inbox: '/',
  contacts: '/contacts',
  review: '/review',
  rules: '/rules',
  mailboxes: '/mailboxes',
  explain: '/explain',
  compliance: '/compliance',
} as const

type Script = { name: string; bytes: number }

export type Scripts = {
  /** Of every page. In kB over the wire, packed. */
  sharedKB: number
  /** What each page has besides. */
  ownKB: Record<string, number>
}

/** What scripts each page of the console loads, for somebody who is signed in. */
export async function weighScripts(page: Page, url: string): Promise<Scripts> {
  const byPage = new Map<string, Script[]>()
  for (const [name, path] of Object.entries(PAGES)) {
    await page.goto(url + path)
    await page.waitForTimeout(BEHIND_MS)
    byPage.set(name, await page.evaluate(scriptsHere))
  }
  const all = [...byPage.values()]
  const isShared = ({ name }: Script) =>
    all.every((one) => one.some((other) => other.name === name))
  const sizeOf = (scripts: Script[]) => scripts.reduce((sum, { bytes }) => sum + bytes, 0) / KB
  const own = [...byPage].map(([name, scripts]) => {
    return [name, sizeOf(scripts.filter((script) => !isShared(script)))] as const
  })
  return { sharedKB: sizeOf((all[0] ?? []).filter(isShared)), ownKB: Object.fromEntries(own) }
}

/** Runs in the page. What comes out of the cache is told with its size, too. */
const scriptsHere = (): Script[] =>
  performance
    .getEntriesByType('resource')
    .filter(({ name }) => name.endsWith('.js'))
    .map((entry) => ({
      name: entry.name,
      bytes: (entry as PerformanceResourceTiming).encodedBodySize,
    }))
