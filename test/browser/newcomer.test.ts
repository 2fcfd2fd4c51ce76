import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { accessibilityFaults, accessibilityFaultsWithPane } from '../support/axe.ts'
import { launchChromium } from '../support/chromium.ts'
import { SandboxProcess } from '../support/sandbox-process.ts'

describe('somebody who has never seen the project', () => {
  let sandbox: SandboxProcess
  let browser: Browser
  let context: BrowserContext
  let console: Page

  beforeAll(async () => {
    ;[sandbox, browser] = await Promise.all([SandboxProcess.start(), launchChromium()])
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    console = await context.newPage()
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.[Symbol.asyncDispose]()
  })

  const emails = () => console.getByRole('list', { name: 'E-mails' })
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

  it('signs in as Alice, connects her mailbox, and sees its mail and a green light', async () => {
    await console.goto(sandbox.consoleUrl)
    expect(await accessibilityFaults(console)).toEqual([])
    await console.getByRole('link', { name: 'Sign in' }).first().click()
    await button(console, 'Sign in as Alice').click()
    await button(console, 'Accept').click()
    await console.getByRole('link', { name: 'Connect my mailbox' }).click()
    await button(console, 'Accept').click()

    await button(console, 'Watch 2 folders').click()
    await emails().getByText('Coffee for three warehouses').first().waitFor()
    await console.getByText('Complete', { exact: true }).first().waitFor()
    expect(await accessibilityFaults(console)).toEqual([])
  })

  it('delivers a mail on the fault desk, and it shows by itself', async () => {
    await console.getByText('Live', { exact: true }).waitFor()
    const desk = await context.newPage()
    await desk.goto(sandbox.faultDeskUrl)
    expect(await accessibilityFaults(desk)).toEqual([])

    const isNew = emails().getByText('New', { exact: true })
    expect(await isNew.count()).toBe(0)
    await button(desk, 'Deliver a mail').click()
    await isNew.first().waitFor()
    await desk.close()
  })

  it('logs a never-synced message from the add-in, and finds it in the console', async () => {
    const outlook = await context.newPage()
    await outlook.goto(sandbox.outlookUrl)
    await outlook.getByLabel('Mailbox').selectOption({ label: 'Alice Archer' })
    await open(outlook, 'Moving office, machine included')
    const pane = outlook.frameLocator('iframe[title=FlowCRM]')
    const popup = outlook.waitForEvent('popup')
    await pane.getByRole('button', { name: 'Sign in' }).click()
    await acceptIn(await popup)

    await pane.getByRole('button', { name: 'Log to CRM' }).click()
    await pane
      .getByText(/In the CRM since/)
      .first()
      .waitFor()
    expect(await accessibilityFaultsWithPane(outlook)).toEqual([])
    await emails().getByText('Moving office, machine included').first().waitFor()

    await open(outlook, 'Warehouse 1: the first week in cups')
    await pane
      .getByText(/In the CRM since/)
      .first()
      .waitFor()
    await pane.getByRole('list', { name: 'Seen by' }).getByText(/Inbox/).waitFor()
    await outlook.close()
  })

  const open = (outlook: Page, subject: string) =>
    outlook
      .getByRole('navigation', { name: 'Messages' })
      .getByRole('button', { name: subject })
      .last()
      .click()

  /** Alice is signed in in this browser already, so at most her consent is asked for; then the window closes itself. */
  async function acceptIn(popup: Page): Promise<void> {
    const accept = popup.getByRole('button', { name: 'Accept' })
    const alice = popup.getByRole('button', { name: 'Sign in as Alice' })
    const closed = popup.waitForEvent('close').then(() => undefined)
    const shown = () =>
      accept
        .or(alice)
        .first()
        .waitFor()
        .catch(() => undefined)
    await Promise.race([closed, shown()])
    if (!popup.isClosed() && (await alice.isVisible().catch(() => false))) await alice.click()
    await Promise.race([closed, accept.waitFor().catch(() => undefined)])
    if (!popup.isClosed()) await accept.click()
    await closed
  }
})
