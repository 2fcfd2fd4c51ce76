import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Mailbox } from '../../../models/wire/mailbox.ts'
import type { MailboxRuleSet } from '../../../models/wire/rules.ts'
import type { Browserless } from '../../../sandbox/browserless.ts'
import { people } from '../../../sandbox/sign-in/directory.ts'
import { accessibilityFaults } from '../../support/axe.ts'
import { launchChromium } from '../../support/chromium.ts'
import { connectAndWatch, emailsOf, eventually, startWorld } from '../../support/world.ts'
import { openAs, signInAs, type SignedIn, type World } from './visits.ts'

const MINUTE_MS = 60_000
const PHONE = { width: 390, height: 800 }
const DESK = { width: 1280, height: 900 }
/** Where pictures of the pages go, when somebody wants some. */
const SHOTS = process.env['SHOTS']

let world: World
let browser: Browser
let alice: Browserless
let mailbox: Mailbox
let states: Record<'Alice' | 'Ada', SignedIn>
beforeAll(async () => {
  ;[world, browser] = await Promise.all([startWorld(), launchChromium()])
  const senders = ['carol@customer.test', 'doctor@clinic.test', 'desk@mail.clinic.test']
  for (const [nth, from] of senders.entries()) {
    const receivedAt = new Date(Date.now() - (10 - nth) * MINUTE_MS)
    await world.graph.mailboxes.deliver(people.alice.mail, { mime: mailFrom(from), receivedAt })
  }
  const connected = await connectAndWatch(world, 'alice', ['Inbox'])
  ;({ browser: alice, mailbox } = connected)
  await eventually(
    () => emailsOf(alice),
    ({ total }) => total === senders.length,
  )
  const office = { world, browser }
  states = { Alice: await signInAs(office, 'Alice'), Ada: await signInAs(office, 'Ada') }
})
const open = (who: keyof typeof states, path: string, options?: BrowserContextOptions) =>
  openAs({ world, browser }, states[who], path, options)
afterAll(async () => {
  await browser?.close()
  await world?.[Symbol.asyncDispose]()
})

const mailFrom = (from: string) =>
  Buffer.from(
    [
      ...[`From: <${from}>`, `To: <${people.alice.mail}>`, `Subject: About ${from}`],
      ...[`Message-ID: <${from}>`, 'MIME-Version: 1.0', '', 'Good morning.'],
    ].join('\r\n'),
  )

async function faultsOf(page: Page, name: string) {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
  const wider = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
  return { name, faults: await accessibilityFaults(page), wider }
}
const fine = (name: string) => ({ name, faults: [], wider: false })

const rulesNow = () => alice.json<MailboxRuleSet>(`/api/v1/mailboxes/${mailbox.id}/rules`)

describe('a rule, with the keyboard alone', () => {
  it('is written, tried, saved, applied and undone', async () => {
    await using opened = await open('Alice', '/rules', { viewport: DESK })
    const { page, complaints } = opened
    const press = async (name: string | RegExp, exact = true) => {
      await page.getByRole('button', { name, exact }).last().focus()
      await page.keyboard.press('Enter')
    }
    await press('Add a rule')
    await page.getByLabel('Address or domain').focus()
    await page.keyboard.type('clinic.test')
    await page.getByLabel('Its subdomains as well').waitFor()
    expect(await faultsOf(page, 'rule-dialog')).toEqual(fine('rule-dialog'))
    await press('Add')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.locator('button:focus', { hasText: 'Add a rule' }).waitFor()

    await press('Try on the last 200')
    const result = page.getByLabel('What would happen')
    await result.getByText('About doctor@clinic.test').waitFor()
    const figures = await result.getByLabel('In figures').getByRole('listitem').allTextContents()
    expect(figures.map((text) => parseInt(text, 10))).toEqual([0, 2, 0])
    expect(await result.getByRole('link', { name: 'Why is it here?' }).count()).toBe(2)
    expect(await faultsOf(page, 'rules-tried')).toEqual(fine('rules-tried'))

    await press('Save')
    await page.getByText('Saved. New mail is decided by these rules.').waitFor()
    await page
      .getByRole('list', { name: 'What version 1 changed' })
      .getByText('Never log: added everybody at clinic.test and its subdomains')
      .waitFor()
    await press('Apply to the mail that is there')
    await press('Apply')
    await eventually(
      () => emailsOf(alice),
      ({ total }) => total === 1,
    )
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })
    await page.locator('button:focus', { hasText: 'Apply to the mail' }).waitFor()

    await press('Go back to the beginning')
    await press('Go back')
    await page.getByText('There is no such rule yet.').waitFor()
    expect(await rulesNow()).toMatchObject({ version: 2, rules: { neverLog: [] } })
    expect(await faultsOf(page, 'rules-undone')).toEqual(fine('rules-undone'))
    expect(complaints).toEqual([])
  })
})

describe('what is typed and not saved', () => {
  it('is asked about before a link or the browser’s own back leaves it', async () => {
    await using opened = await open('Alice', '/mailboxes', { viewport: DESK })
    const { page, complaints } = opened
    await page.getByRole('link', { name: 'Rules' }).click()
    const machines = page.getByLabel('Mail that machines send', { exact: true })
    await machines.selectOption('keep-out')
    await page.getByRole('link', { name: 'Mailboxes' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('alertdialog', { name: 'Leave without saving?' })
    await dialog.waitFor()
    expect(await faultsOf(page, 'leaving')).toEqual(fine('leaving'))
    await page.keyboard.press('Escape')
    await page.locator('a:focus', { hasText: 'Mailboxes' }).waitFor()
    await page.evaluate('history.back()')
    await dialog.waitFor()
    await page.waitForURL('**/rules')
    expect(await machines.inputValue()).toBe('keep-out')
    await dialog.getByRole('button', { name: 'Leave' }).press('Enter')
    await page.locator('h1:focus', { hasText: 'Mailboxes' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/mailboxes')
    expect(complaints).toEqual([])
  })
})

describe('the rules of the organization', () => {
  it('lock a choice, which a mailbox then shows and does not let change', async () => {
    await using opened = await open('Ada', '/rules', { viewport: DESK })
    const { page, complaints } = opened
    await page.getByLabel('Mail that machines send', { exact: true }).selectOption('keep-out')
    await page.getByLabel('Lock “Mail that machines send”').check()
    await page.getByRole('button', { name: 'Try on the last 200' }).click()
    await page.getByText(/^Of the last \d mails of alice@contoso.test/).waitFor()
    expect(await faultsOf(page, 'organization')).toEqual(fine('organization'))
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved. New mail is decided by these rules.').waitFor()
    expect(complaints).toEqual([])

    const workspaceRules = { timeZone: 'UTC' }
    const path = `/api/v1/mailboxes/${mailbox.id}/rules/dry-run`
    const refused = alice.json(path, { method: 'POST', body: { workspaceRules } })
    await expect(refused).rejects.toThrow(/403/)

    await using theirs = await open('Alice', '/rules', { colorScheme: 'dark', viewport: PHONE })
    await theirs.page.getByText('Locked by your organization').waitFor()
    expect(await faultsOf(theirs.page, 'rules-phone')).toEqual(fine('rules-phone'))
    await using dark = await open('Ada', '/rules', { colorScheme: 'dark', viewport: PHONE })
    await dark.page.getByRole('heading', { name: 'Versions' }).waitFor()
    await dark.page.getByText('Version 1').waitFor()
    expect(await faultsOf(dark.page, 'organization-phone')).toEqual(fine('organization-phone'))
  })
})

describe('the settings of a mailbox', () => {
  it('are changed with the keyboard, and the focus comes back', async () => {
    await using opened = await open('Alice', '/mailboxes', { viewport: DESK })
    const { page, complaints } = opened
    const settings = page.getByRole('button', { name: 'Settings of alice@contoso.test' })
    await settings.focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('How often new mail is fetched').selectOption('15')
    await page.getByRole('radio', { name: /^Nothing/ }).focus()
    await page.keyboard.press('ArrowUp')
    expect(await faultsOf(page, 'settings')).toEqual(fine('settings'))
    await page.getByRole('button', { name: 'Save' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.locator('button:focus', { hasText: 'Settings' }).waitFor()
    const { mailboxes } = await alice.json<{ mailboxes: Mailbox[] }>('/api/v1/mailboxes')
    expect(mailboxes[0]?.settings).toMatchObject({ pollEveryMinutes: 15, sharing: 'metadata' })
    expect(complaints).toEqual([])
  })

  it('fit on a phone at night', async () => {
    const options = { colorScheme: 'dark', viewport: PHONE } as const
    await using opened = await open('Alice', '/mailboxes', options)
    await opened.page.getByRole('button', { name: /^Settings of/ }).click()
    await opened.page.getByLabel('How often new mail is fetched').waitFor()
    expect(await faultsOf(opened.page, 'settings-phone')).toEqual(fine('settings-phone'))
  })
})
