import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { people } from '../../../sandbox/sign-in/directory.ts'
import { accessibilityFaults } from '../../support/axe.ts'
import { launchChromium } from '../../support/chromium.ts'
import { connectAndWatch, emailsOf, eventually, startWorld } from '../../support/world.ts'
import { openAs, signInAs, type SignedIn, type World } from './visits.ts'

const CAROL = 'carol@customer.test'
const MINUTE_MS = 60_000

let world: World
let browser: Browser
let admin: SignedIn
let auditor: SignedIn
beforeAll(async () => {
  ;[world, browser] = await Promise.all([startWorld(), launchChromium()])
  for (const [minute, subject] of ['Offer', 'Re: Offer', 'The order'].entries()) {
    const receivedAt = new Date(Date.now() - (10 - minute) * MINUTE_MS)
    await world.graph.mailboxes.deliver(people.alice.mail, { mime: mailOf(subject), receivedAt })
  }
  const { browser: alice } = await connectAndWatch(world, 'alice', ['Inbox'])
  const body = { name: 'Carol Jones', addresses: [CAROL] }
  await alice.json('/api/v1/contacts', { method: 'POST', body })
  await eventually(
    () => emailsOf(alice, 10),
    ({ emails }) => emails.length === 3,
  )
  const office = { world, browser }
  admin = await signInAs(office, 'Ada', '/compliance')
  auditor = await signInAs(office, 'Vera')
})
const open = (path: string, options?: BrowserContextOptions) =>
  openAs({ world, browser }, admin, path, options)
afterAll(async () => {
  await browser?.close()
  await world?.[Symbol.asyncDispose]()
})

const mailOf = (subject: string) =>
  Buffer.from(
    [
      ...[`From: Carol Jones <${CAROL}>`, `To: <${people.alice.mail}>`, `Subject: ${subject}`],
      ...[
        `Message-ID: <${subject.replace(/\W/g, '-')}@customer.test>`,
        'Date: Fri, 20 Nov 2026 09:00:00 +0000',
      ],
      ...['MIME-Version: 1.0', '', 'Good morning.'],
    ].join('\r\n'),
  )

async function openDetails(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Details of entry/ })
    .first()
    .click()
  await page.getByText('Fingerprint', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Check the chain' }).click()
  await page
    .getByText(/the chain is good/)
    .first()
    .waitFor()
}

async function askForCarol(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Addresses' }).fill(CAROL)
  await page.getByRole('button', { name: 'See what there is' }).click()
  await page.getByRole('heading', { name: 'What FlowCRM has of' }).waitFor()
  await page.getByRole('radio', { name: 'For ever' }).waitFor()
}

const PAGES: [string, (page: Page) => Promise<unknown>][] = [
  ['/compliance', openDetails],
  ['/compliance?tab=people', askForCarol],
  ['/compliance?tab=members', (page) => page.getByRole('list', { name: 'Members' }).waitFor()],
]

describe('the page Compliance', () => {
  it.each([
    ['on a phone at night', { colorScheme: 'dark', viewport: { width: 390, height: 800 } }],
    ['at a desk by day', { colorScheme: 'light', viewport: { width: 1280, height: 900 } }],
  ] as const)('has no accessibility faults and fits %s', async (_where, options) => {
    await using opened = await open('/', options)
    const { page, complaints } = opened
    for (const [path, ready] of PAGES) {
      await page.goto(world.serviceUrl + path)
      await ready(page)
      const seen = {
        faults: await accessibilityFaults(page),
        wider: await page.evaluate('document.documentElement.scrollWidth > innerWidth'),
      }
      expect({ path, ...seen }).toEqual({ path, faults: [], wider: false })
    }
    expect(complaints).toEqual([])
  })

  it('shows an auditor the log and the setting, and says what is an administrator’s', async () => {
    await using opened = await open('/compliance', { storageState: auditor })
    const { page, complaints } = opened
    await page.getByRole('list', { name: 'Entries' }).waitFor()
    await page.getByText('Ada Admin (admin) signed in').first().waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download as CSV' }).click()
    expect((await download).suggestedFilename()).toBe('flowcrm-audit.csv')
    await page.getByRole('button', { name: 'Look for newer entries' }).click()
    await page.getByText('Vera Vale (auditor) downloaded the audit log').waitFor()
    await page.getByRole('tab', { name: 'People and retention' }).click()
    await page.getByText('Mail is kept for ever.').waitFor()
    await page.getByText(/An administrator of your organization erases/).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})

describe('with the keyboard alone', () => {
  it('somebody is exported, erased, and found in the log; and mail is kept for a day', async () => {
    await using opened = await open('/compliance?tab=people')
    const { page, complaints } = opened
    const press = async (name: string | RegExp, key = 'Enter') => {
      await page.getByRole('button', { name }).last().focus()
      await page.keyboard.press(key)
    }
    await page.getByRole('textbox', { name: 'Addresses' }).focus()
    await page.keyboard.type(CAROL)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('3 e-mails', { exact: true }).waitFor()

    const download = page.waitForEvent('download')
    await press('Export all of it', 'Space')
    expect((await download).suggestedFilename()).toBe('flowcrm-person.tar.gz')

    await press('Erase…')
    const dialog = page.getByRole('alertdialog')
    await dialog.waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Erase…' }).and(page.locator(':focus')).waitFor()
    await page.keyboard.press('Enter')
    await dialog.getByLabel('Type “erase” to go on').focus()
    await page.keyboard.type('erase')
    await page.keyboard.press('Enter')
    await page.locator('h2:focus', { hasText: 'Erasures' }).waitFor()
    await page.getByText('Looking once more').waitFor()

    await page.getByRole('radio', { name: 'For ever' }).focus()
    await page.keyboard.press('ArrowDown')
    await page.getByRole('spinbutton', { name: 'Days' }).focus()
    await page.keyboard.type('1')
    await page.keyboard.press('Enter')
    await dialog.getByText(/Nothing that is in the CRM now is older/).waitFor()
    await press('Save')
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('status').getByText('Retention saved.').waitFor()

    await page.getByRole('tab', { name: 'Audit log' }).focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('What was done').selectOption('person-erased')
    await page.getByRole('status').getByText('One entry shown.').waitFor()
    await page.getByText('Ada Admin (admin) had a person erased').waitFor()
    expect(await page.getByRole('list', { name: 'Entries' }).getByRole('listitem').count()).toBe(1)
    expect(complaints).toEqual([])
  })
})
