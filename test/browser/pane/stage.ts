import type { Browser, BrowserContext, Frame, FrameLocator, Page, Route } from 'playwright-core'
import type { Faults } from '../../../sandbox/outlook/page/faults.ts'
import type { ClientName } from '../../../sandbox/outlook/page/office/clients.ts'
import type { ThemeName } from '../../../sandbox/outlook/page/theme-colours.ts'
import { people } from '../../../sandbox/sign-in/directory.ts'
import type { World } from '../../../sandbox/world.ts'
import { launchChromium } from '../../support/chromium.ts'
import { startWorld } from '../../support/world.ts'
import { fillMailbox } from './mail.ts'

const PATIENTLY_MS = 30_000

/** Told by the pane's own document, whatever frame it is in. */
const TELL_VIOLATIONS = `if (location.pathname === '/taskpane.html')
  document.addEventListener('securitypolicyviolation', (event) =>
    console.error('CSP', event.violatedDirective, event.blockedURI))`

/** Outlook with the pane beside Alice's mail, in one page, for one state after the other. */
export class Stage implements AsyncDisposable {
  /** What went wrong in the page beside what is looked at. */
  readonly faults: string[] = []

  private constructor(
    readonly world: World,
    private readonly browser: Browser,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.setDefaultTimeout(PATIENTLY_MS)
    page.on('pageerror', (error) => this.faults.push(error.message))
    page.on('console', (line) => line.text().startsWith('CSP') && this.faults.push(line.text()))
  }

  static async open(height = 900): Promise<Stage> {
    const [world, browser] = await Promise.all([startWorld(), launchChromium()])
    await fillMailbox(world)
    // Colours that are still fading would be measured half way.
    const context = await browser.newContext({
      ...{ viewport: { width: 1366, height }, reducedMotion: 'reduce' },
      ...{ locale: 'en-GB', timezoneId: 'Europe/Berlin' },
    })
    await context.addInitScript(TELL_VIOLATIONS)
    const stage = new Stage(world, browser, context, await context.newPage())
    await stage.page.goto(world.microsoft.urls.outlook)
    await stage.mailbox(people.alice.name)
    return stage
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close()
    await this.world[Symbol.asyncDispose]()
  }

  get pane(): FrameLocator {
    return this.page.frameLocator('iframe[title=FlowCRM]')
  }

  /** For what is asked inside of it. */
  get frame(): Frame {
    const { addinUrl } = this.world
    const inside = this.page.frames().filter((each) => each.url().startsWith(addinUrl))
    const frame = inside.at(-1)
    if (!frame) throw new Error('The pane is closed.')
    return frame
  }

  button(name: string | RegExp) {
    return this.pane.getByRole('button', { name }).first()
  }

  press(name: string | RegExp): Promise<void> {
    return this.button(name).click()
  }

  shows(words: string | RegExp): Promise<void> {
    return this.pane.getByText(words).first().waitFor()
  }

  row(subject: string) {
    const messages = this.page.getByRole('navigation', { name: 'Messages' })
    return messages.getByRole('button', { name: subject }).first()
  }

  open(subject: string): Promise<void> {
    return this.row(subject).click()
  }

  async mailbox(label: string): Promise<void> {
    await this.page.getByLabel('Mailbox').selectOption({ label })
    await this.page.locator('#messages button').first().waitFor()
  }

  async theme(name: ThemeName): Promise<void> {
    await this.page.getByLabel('Theme').selectOption(name)
  }

  async client(name: ClientName): Promise<void> {
    await this.page.getByLabel('Client').selectOption(name)
  }

  /** The page's own door for programs: the same as its panel. */
  async fault(changes: Partial<Faults>): Promise<void> {
    await this.page.evaluate(`outlook.setFaults(${JSON.stringify(changes)})`)
  }

  /** What the panel's buttons do. */
  async act(words: 'nothing()' | 'pane.reload()' | `openMeeting('${string}')`): Promise<void> {
    await this.page.evaluate(`outlook.page.${words}`)
  }

  /** A pane that is not pinned closes with what it was opened for. */
  async reopen(): Promise<void> {
    await this.page.getByRole('button', { name: 'FlowCRM', exact: true }).click()
  }

  /** The far side of the network answers otherwise, until `mend`. */
  async answer(path: string, handler: (route: Route) => unknown): Promise<void> {
    await this.page.route(`**/${path}`, handler)
  }

  async mend(): Promise<void> {
    await this.page.unrouteAll({ behavior: 'ignoreErrors' })
    await this.page.locator('#faults').getByText('All as it should be').evaluate(click)
  }

  /** The window that signs in; Alice accepts, unless somebody does otherwise. */
  async signIn(
    decide = (popup: Page) => popup.getByRole('button', { name: 'Accept' }).click(),
  ): Promise<void> {
    const [popup] = await Promise.all([this.page.waitForEvent('popup'), this.press('Sign in')])
    const alice = popup.getByRole('button', { name: 'Sign in as Alice' })
    await alice
      .or(popup.getByRole('button', { name: 'Accept' }))
      .first()
      .waitFor()
    if (await alice.isVisible()) await alice.click()
    await decide(popup)
  }
}

const click = (element: unknown) => (element as { click: () => void }).click()
