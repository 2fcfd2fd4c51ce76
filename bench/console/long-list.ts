import type { Browser, Page } from 'playwright-core'

const PATIENCE_MS = 60_000

/** Durations of the page's long tasks (over 50 ms), as they end. */
declare global {
  interface Window {
    longTasks: number[]
  }
}

/** Runs in the page before its own scripts. */
function watchTasks(): void {
  window.longTasks = []
  new PerformanceObserver((seen) => {
    for (const { duration } of seen.getEntries()) window.longTasks.push(duration)
  }).observe({ type: 'longtask', buffered: true })
}

/** The console in Chromium, signed in. */
export async function openConsole(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  page.setDefaultTimeout(PATIENCE_MS)
  await page.addInitScript(watchTasks)
  await page.goto(`${url}/contacts`)
  await page.getByRole('link', { name: 'Sign in' }).first().click()
  await page.getByRole('button', { name: 'Sign in as Alice' }).click()
  await page.getByRole('list', { name: 'Contacts' }).waitFor()
  return page
}

export type LongList = {
  address: string
  /** As its label says. */
  list: string
  more: string
}

export type Walk = {
  /** How many rows there were at the end. */
  rows: number
  /** From the press to the rows, each. */
  shownMs: number[]
  /** The longest task while the list was opened, and while further pages came. */
  openTaskMs: number
  moreTaskMs: number
}

/** Opens a list and loads its pages, so many or all. */
export async function walk(page: Page, of: LongList, mostPages: number): Promise<Walk> {
  await page.goto(of.address)
  const list = page.getByRole('list', { name: of.list, exact: true })
  await list.waitFor()
  const count = () => list.evaluate((element, rows) => element.querySelectorAll(rows).length, ROWS)
  const openTaskMs = await longestSince(page)
  const shownMs: number[] = []
  let rows = await count()
  while (shownMs.length < mostPages) {
    const begun = performance.now()
    if (!(await page.evaluate(press, of.more))) break
    await page.waitForFunction(hasGrown, { list: of.list, rows, of: ROWS })
    shownMs.push(performance.now() - begun)
    rows = await count()
  }
  return { rows, shownMs, openTaskMs, moreTaskMs: await longestSince(page) }
}

/**
 * Scrolls to a button and presses it; false: there is none. Asked as a person would by role, a page of thousands of rows is
 * busy with looking for it longer than with what is measured.
 */
function press(words: string): boolean {
  const buttons = [...document.querySelectorAll('button')]
  const button = buttons.findLast(({ textContent }) => textContent === words)
  button?.scrollIntoView()
  button?.click()
  return button !== undefined
}

/** Of a list, as its rows are marked up: by their element or by their role, in groups or not. */
const ROWS = ':scope > li, [role=listitem]'

/** Asked in each frame. */
const hasGrown = ({ list, rows, of }: { list: string; rows: number; of: string }): boolean =>
  (document.querySelector(`[aria-label="${list}"]`)?.querySelectorAll(of).length ?? 0) > rows

/** The longest task since this was asked the last time. The observer is told after the task, so it is waited for. */
async function longestSince(page: Page): Promise<number> {
  await page.waitForTimeout(200)
  const tasks = await page.evaluate(() => window.longTasks.splice(0))
  return Math.max(0, ...tasks)
}
