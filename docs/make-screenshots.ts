import { once } from 'node:events'
import { chromium, type Browser, type Page } from 'playwright-core'
import { lineOf, startProcess, stopProcess } from '../sandbox/processes.ts'
import { findChromium } from '../test/support/find-chromium.ts'
import { checkSize } from './screenshots/check-size.ts'
import { takeConsole } from './screenshots/console.ts'
import { takePane } from './screenshots/pane.ts'

/** Beside the sandbox that somebody may have running. */
const FIRST_PORT = 4300
const urlAt = (offset: number) => `http://localhost:${FIRST_PORT + offset}`
const CONSOLE = urlAt(0)
const FAULT_DESK = `${urlAt(1)}/desk`
const OUTLOOK = urlAt(3)

const MAX_BYTES = 200 * 1024
const VIEWPORT = { width: 1120, height: 720 }
const THEMES = ['light', 'dark'] as const
type Theme = (typeof THEMES)[number]

/** Takes the README's pictures: the sandbox as it is, Alice as she comes. Then every state of the pane. */
async function main(): Promise<void> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('No Chromium was found; name one in CHROMIUM_PATH.')
  const sandbox = startProcess('sandbox/start.ts', { args: ['--port', String(FIRST_PORT)] })
  try {
    await lineOf(sandbox, /Ready\./)
    sandbox.stdout?.resume()
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    await takeAll(browser)
    await browser.close()
  } finally {
    const ended = sandbox.exitCode === null ? once(sandbox, 'exit') : undefined
    await stopProcess(sandbox)
    await ended
  }
  await takePane()
}

async function takeAll(browser: Browser): Promise<void> {
  const alice = await browser.newContext({ viewport: VIEWPORT })
  const crm = await connect(await alice.newPage())
  const desk = await openFaultDesk(await alice.newPage())
  const outlook = await openOutlook(await alice.newPage())
  for (const theme of THEMES) {
    for (const page of [crm, desk, outlook]) await page.emulateMedia({ colorScheme: theme })
    await outlook.getByLabel('Theme').selectOption(theme)
    await shoot(crm, 'console', theme)
    await shoot(desk, 'fault-desk', theme)
    await shoot(outlook, 'outlook', theme)
  }
  const admin = await browser.newContext({ viewport: VIEWPORT })
  const ada = await admin.newPage()
  await signIn(ada, 'Ada')
  await takeConsole({ alice: crm, ada, baseUrl: CONSOLE })
}

async function signIn(page: Page, name: string): Promise<void> {
  await page.goto(CONSOLE)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: `Sign in as ${name}` }).click()
  await acceptIfAsked(page)
}

/** From the first page to the mail: what the README tells a newcomer to click. */
async function connect(page: Page): Promise<Page> {
  await signIn(page, 'Alice')
  await page.getByRole('link', { name: /^Connect/ }).click()
  await acceptIfAsked(page)
  await page.getByRole('checkbox', { name: /^Inbox/ }).check()
  await page.getByRole('button', { name: /^Watch/ }).click()
  await page.getByText('Complete').first().waitFor()
  await page.getByRole('list', { name: 'E-mails' }).getByRole('listitem').first().waitFor()
  return page
}

async function acceptIfAsked(page: Page): Promise<void> {
  const accept = page.getByRole('button', { name: 'Accept' })
  await Promise.race([accept.waitFor(), page.waitForURL((url) => url.href.startsWith(CONSOLE))])
  if (await accept.isVisible()) await accept.click()
  await page.waitForURL((url) => url.href.startsWith(CONSOLE))
}

async function openFaultDesk(page: Page): Promise<Page> {
  await page.goto(FAULT_DESK)
  await page.getByText('Microsoft 365 behaves').waitFor()
  return page
}

/** A message with the pane beside it, signed in. */
async function openOutlook(page: Page): Promise<Page> {
  await page.goto(OUTLOOK)
  await page.locator('#messages button').first().click()
  const pane = page.locator('#pane').frameLocator('iframe')
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    pane.getByRole('button', { name: 'Sign in' }).click(),
  ])
  await popup.getByRole('button', { name: 'Accept' }).click()
  await pane
    .getByText(/In the CRM/)
    .first()
    .waitFor()
  return page
}

async function shoot(page: Page, name: string, theme: Theme): Promise<void> {
  const path = `docs/screens/${theme === 'light' ? name : `${name}-${theme}`}.png`
  await page.screenshot({ path, animations: 'disabled' })
  await checkSize(path, MAX_BYTES)
}

await main()
