import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import type { Browserless } from '../../sandbox/browserless.ts'
import type { FaultName } from '../../sandbox/outlook/page/faults.ts'
import { people } from '../../sandbox/sign-in/directory.ts'
import { accessibilityFaultsWithPane } from '../support/axe.ts'
import { launchChromium } from '../support/chromium.ts'
import { emailsOf, eventually, startWorld } from '../support/world.ts'

let world: Awaited<ReturnType<typeof startWorld>>
let browser: Browser
let outlook: Page
let alice: Browserless
const faults: string[] = []
const PATIENTLY_MS = 15_000

beforeAll(async () => {
  ;[world, browser] = await Promise.all([startWorld(), launchChromium()])
  for (const subject of SUBJECTS)
    await world.graph.mailboxes.deliver(people.alice.mail, { mime: mailOf(subject) })
  alice = await world.signIn('alice')
  // Colours that are still fading would be measured half way.
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    reducedMotion: 'reduce',
  })
  outlook = await context.newPage()
  outlook.setDefaultTimeout(PATIENTLY_MS)
  outlook.on('pageerror', (error) => faults.push(error.message))
  await outlook.goto(world.microsoft.urls.outlook)
  await outlook.getByLabel('Mailbox').selectOption({ label: people.alice.name })
})
afterAll(async () => {
  await browser?.close()
  await world?.[Symbol.asyncDispose]()
})

const SUBJECTS = ['Quote for forty seats', 'Kick-off on Monday', 'Where is the key?']
const [QUOTE = '', KICK_OFF = '', KEY = ''] = SUBJECTS

const mailOf = (subject: string) =>
  Buffer.from(
    [
      ...['From: Dora Dreyer <dora@fabrikam.test>', `To: <${people.alice.mail}>`],
      ...[`Subject: ${subject}`, `Message-ID: <${subject.length}.outlook@fabrikam.test>`],
      ...['Date: Fri, 20 Nov 2026 09:00:00 +0000', '', 'Good morning.'],
    ].join('\r\n'),
  )

const pane = () => outlook.frameLocator('iframe[title=FlowCRM]')
const button = (name: string) => outlook.getByRole('button', { name, exact: true })
const open = (subject: string) => row(subject).click()
const row = (subject: string) =>
  outlook.getByRole('navigation', { name: 'Messages' }).getByRole('button', { name: subject })
const shows = (words: string | RegExp) => pane().getByText(words).first().waitFor()

/** The page's own door for programs: the same as its panel. */
const setFault = (name: FaultName, value: string) =>
  outlook.evaluate(`outlook.setFaults({ ${name}: '${value}' })`)

/** Nothing in the pane is wider than the pane. */
const overflow = () =>
  pane()
    .locator('html')
    .evaluate((html) => Number(html.scrollWidth) - Number(html.clientWidth))

describe('the add-in beside a message', () => {
  it('is signed in to, logs the message, and the CRM has it', async () => {
    await open(QUOTE)
    const [popup] = await Promise.all([
      outlook.waitForEvent('popup'),
      pane().getByRole('button', { name: 'Sign in' }).click(),
    ])
    await popup.getByRole('button', { name: 'Sign in as Alice' }).click()
    await popup.getByRole('button', { name: 'Accept' }).click()
    await pane().getByRole('button', { name: 'Log to CRM' }).click()
    await shows(/In the CRM since/)
    const { emails } = await emailsOf(alice, 5)
    expect(emails.map(({ subject }) => subject)).toEqual([QUOTE])
  })

  it('shows each message its own state, through A, B and A again while it is pinned', async () => {
    for (const subject of [KEY, QUOTE, KICK_OFF, QUOTE]) await open(subject)
    await shows(/In the CRM since/)
    await pane().getByText(QUOTE).first().waitFor()
    await open(KICK_OFF)
    await shows('Not in the CRM yet.')
    await setFault('itemChanged', 'missing')
    await open(QUOTE)
    // Nobody told it: it looks when the person is back in it.
    await pane()
      .locator('body')
      .evaluate(() => window.dispatchEvent(new Event('focus')))
    await shows(/In the CRM since/)
    await setFault('itemChanged', 'soon')
  })

  it('loses nothing when Outlook ends it while it saves, and logs no second time', async () => {
    await open(KICK_OFF)
    let killed = false
    await outlook.route('**/api/v1/emails/log', async (route) => {
      const response = await route.fetch()
      if (!killed) await outlook.evaluate('outlook.page.pane.reload()')
      killed = true
      await route.fulfill({ response }).catch(() => undefined)
    })
    await pane().getByRole('button', { name: 'Log to CRM' }).click()
    await eventually(
      () => emailsOf(alice, 5),
      ({ total }) => total === 2,
    )
    await shows(/In the CRM since/)
    expect(killed).toBe(true)
    expect((await emailsOf(alice, 5)).total).toBe(2)
    await outlook.unroute('**/api/v1/emails/log')
  })

  it.each(['dark', 'contrast'])(
    'follows Outlook into %s, at 320 and 450 px, without accessibility faults',
    async (theme) => {
      await outlook.getByLabel('Theme').selectOption(theme)
      const ground = () =>
        pane()
          .locator('main')
          .evaluate((main) => getComputedStyle(main.parentElement ?? main).backgroundColor)
      await eventually(ground, isDark, PATIENTLY_MS)
      expect(await accessibilityFaultsWithPane(outlook)).toEqual([])
      for (const width of ['450', '320']) {
        await outlook.getByLabel('Width').selectOption(width)
        expect(await overflow()).toBeLessThanOrEqual(0)
      }
    },
  )

  it('says in words what Outlook does not let it do', async () => {
    await open(KEY)
    await setFault('body', 'protected')
    await pane().getByRole('button', { name: 'Log to CRM' }).click()
    await shows(/does not let FlowCRM read this message/)
    await setFault('body', 'open')
    await outlook.getByText('Faults of this Outlook').click()
    await outlook.getByLabel('Calls').selectOption('offline')
    await pane().getByRole('button', { name: 'Try again' }).click()
    await shows(/offline/)
    await button('All as it should be').click()
  })

  it('takes the whole screen of a phone, and closes with the message', async () => {
    await outlook.getByLabel('Client').selectOption('ios')
    await shows('Not in the CRM yet.')
    expect(await overflow()).toBeLessThanOrEqual(0)
    await button('Close the pane').click()
    await button('FlowCRM').click()
    await shows('Not in the CRM yet.')
    await button('Close the pane').click()
    await open(QUOTE)
    expect(await outlook.locator('iframe[title=FlowCRM]').count()).toBe(0)
    await outlook.getByLabel('Client').selectOption('web')
    await button('FlowCRM').click()
    await shows(/In the CRM since/)
  })
})

describe('the rest of Outlook', () => {
  it('answers a message with the keyboard alone, and the answer arrives', async () => {
    await row(QUOTE).focus()
    await outlook.keyboard.press('Enter')
    await button('Reply').focus()
    await outlook.keyboard.press('Enter')
    const form = outlook.getByRole('form', { name: 'New message' })
    await form.getByLabel('To', { exact: true }).fill(people.bob.mail)
    await form.getByLabel('Message', { exact: true }).fill('Forty it is.')
    await outlook.locator('iframe[title=FlowCRM][src$="?surface=compose"]').waitFor()
    await pane().getByRole('main').waitFor()
    expect(await accessibilityFaultsWithPane(outlook)).toEqual([])
    await form.getByRole('button', { name: 'Send' }).focus()
    await outlook.keyboard.press('Enter')
    await row(`RE: ${QUOTE}`).waitFor()
    await outlook.getByLabel('Mailbox').selectOption({ label: people.bob.name })
    await row(`RE: ${QUOTE}`).waitFor()
    expect(faults).toEqual([])
  })
})

/** Of `rgb(r, g, b)`. */
const isDark = (colour: string) =>
  (colour.match(/\d+/g) ?? []).slice(0, 3).every((part) => Number(part) < 100)
