import type { Browser, CDPSession, Frame, Page, Request, Response } from 'playwright-core'
import { startStopwatch, type Stopwatch } from './stopwatch.ts'

const PATIENCE_MS = 60_000

/** The pane's one question about a message. Its browser's own question first, whether it may ask, is none. */
export const isLook = (request: Request): boolean =>
  request.method() === 'POST' && request.url().endsWith('/api/v1/addin/look')

/** `outlook` is the host page's own door for programs. */
declare const outlook: { page: { openMessage: (id: string) => Promise<void> } }

export type Message = { id: string; subject: string }

/** The sandbox's Outlook in Chromium: Alice's mailbox, with a pane that is signed in. */
export class OutlookPage {
  private constructor(
    readonly page: Page,
    /** The pane has an origin of its own, and so a process: this is it, and nothing of the page around it. */
    readonly pane: Frame,
    readonly devtools: CDPSession,
    /** Those with a subject of their own. */
    readonly messages: Message[],
  ) {}

  static async open(browser: Browser, url: string): Promise<OutlookPage> {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
    page.setDefaultTimeout(PATIENCE_MS)
    await page.addInitScript(startStopwatch)
    await page.goto(url)
    await page.locator('#messages .row').first().waitFor()
    const messages = await readMessages(page)
    const pane = page.frames().find((frame) => frame.url().includes('/taskpane.html'))
    if (!pane) throw new Error('the pane is not there')
    const devtools = await page.context().newCDPSession(pane)
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
    const opened = new OutlookPage(page, pane, devtools, messages)
    await opened.signIn()
    return opened
  }

  /** The message at that place, however often they have all been seen. */
  at(place: number): Message {
    const message = this.messages[place % this.messages.length]
    if (!message) throw new Error('there is no mail to look at')
    return message
  }

  /** Loads the pane anew; resolves when the open message's card is on show. */
  async reload(): Promise<Stopwatch> {
    const answered = this.answered()
    await this.pane.evaluate(() => {
      window.stopwatch = { subject: null, toldAt: 0, shownAt: 0 }
      setTimeout(() => location.reload(), 0)
    })
    await answered
    return this.shown()
  }

  /** Opens another message; resolves when its card is on show and nothing is asked any more. */
  async open({ id, subject }: Message): Promise<{ shownMs: number; askedMs: number }> {
    const answered = this.answered()
    await this.page.evaluate((which) => outlook.page.openMessage(which), id)
    const response = await answered
    await response.finished()
    const { toldAt, shownAt, subject: shown } = await this.shown(subject)
    if (shown !== subject) throw new Error('another message is on show')
    const { responseEnd } = response.request().timing()
    return { shownMs: shownAt - toldAt, askedMs: responseEnd }
  }

  /** What the pane has taken of one core since it was loaded: the same however busy the machine is. */
  async cpuMs(): Promise<number> {
    const { metrics } = await this.devtools.send('Performance.getMetrics')
    const { value = NaN } = metrics.find(({ name }) => name === 'TaskDuration') ?? {}
    return value * 1_000
  }

  private answered(): Promise<Response> {
    return this.page.waitForResponse((response) => isLook(response.request()))
  }

  private async shown(subject: string | null = null): Promise<Stopwatch> {
    const stopwatch = await this.pane.waitForFunction((wanted) => {
      const { stopwatch } = window
      if (!stopwatch || stopwatch.shownAt <= 0) return null
      return wanted === null || stopwatch.subject === wanted ? stopwatch : null
    }, subject)
    try {
      return (await stopwatch.jsonValue()) as Stopwatch
    } finally {
      await stopwatch.dispose()
    }
  }

  private async signIn(): Promise<void> {
    await this.page.evaluate((id) => outlook.page.openMessage(id), this.at(0).id)
    const [window] = await Promise.all([
      this.page.waitForEvent('popup'),
      this.pane.getByRole('button', { name: 'Sign in' }).click(),
    ])
    await window.getByRole('button', { name: 'Sign in as Alice' }).click()
    await this.shown()
  }
}

async function readMessages(page: Page): Promise<Message[]> {
  const rows = await page.locator('#messages .row').evaluateAll((all) =>
    all.map((row) => ({
      id: row.getAttribute('data-id') ?? '',
      subject: row.querySelector('.subject')?.textContent ?? '',
      isDraft: row.querySelector('.from')?.textContent === '[Draft]',
    })),
  )
  const mails = rows.filter(({ isDraft, subject }) => !isDraft && subject !== '(no subject)')
  return [...new Map(mails.map((mail) => [mail.subject, mail])).values()]
}
