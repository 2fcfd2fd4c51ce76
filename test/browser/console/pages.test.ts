import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Contact } from '../../../models/wire/contacts/contact.ts'
import type { EmailPage } from '../../../models/wire/email.ts'
import type { Browserless } from '../../../sandbox/browserless.ts'
import { people } from '../../../sandbox/sign-in/directory.ts'
import { accessibilityFaults } from '../../support/axe.ts'
import { launchChromium } from '../../support/chromium.ts'
import { connectAndWatch, eventually, startWorld } from '../../support/world.ts'
import { openAs, signInAs, type SignedIn, type World } from './visits.ts'

const CAROL = 'carol@customer.test'
const MINUTE_MS = 60_000

let world: World
let browser: Browser
let signedIn: SignedIn
let alice: Browserless
let carol: Contact
/** What Alice's mailbox calls her mails. */
const ids: string[] = []
beforeAll(async () => {
  ;[world, browser] = await Promise.all([startWorld(), launchChromium()])
  const mails = [offer(), signedOffer(), mailOf('Lunch?', people.bob.mail)]
  for (const [minute, mime] of mails.entries()) {
    const receivedAt = new Date(Date.now() - (10 - minute) * MINUTE_MS)
    const sent = { mime, receivedAt }
    const { immutableId } = await world.graph.mailboxes.deliver(people.alice.mail, sent)
    ids.push(immutableId)
  }
  ;({ browser: alice } = await connectAndWatch(world, 'alice', ['Inbox']))
  const body = { name: 'Carol Jones', addresses: [CAROL] }
  carol = await alice.json<Contact>('/api/v1/contacts', { method: 'POST', body })
  await eventually(
    mailOfCarol,
    ({ emails }) => emails.length === 2 && emails.every(({ threadId }) => threadId !== null),
  )
  signedIn = await signInAs({ world, browser }, 'Alice', `/contacts/${carol.id}`)
})
const open = (path: string, options?: BrowserContextOptions) =>
  openAs({ world, browser }, signedIn, path, options)
afterAll(async () => {
  await browser?.close()
  await world?.[Symbol.asyncDispose]()
})

const mailOfCarol = () => alice.json<EmailPage>(`/api/v1/contacts/${carol.id}/emails`)

const mailOf = (subject: string, from: string, more: string[] = ['', 'Good morning.']) =>
  Buffer.from(
    [
      ...[`From: <${from}>`, `To: <${people.alice.mail}>`, `Subject: ${subject}`],
      ...[`Message-ID: <${subject.length}@customer.test>`, 'Date: Fri, 20 Nov 2026 09:00:00 +0000'],
      ...['MIME-Version: 1.0', ...more],
    ].join('\r\n'),
  )
const offer = () => mailOf('Offer', CAROL)
const signedOffer = () =>
  mailOf('Re: Offer', CAROL, [
    ...['In-Reply-To: <5@customer.test>', 'Content-Type: multipart/mixed; boundary=b', ''],
    ...['--b', 'Content-Type: text/html', '', '<p>Here it is, <b>signed</b>.</p>', '--b'],
    ...['Content-Type: application/pdf; name=offer.pdf', 'Content-Transfer-Encoding: base64'],
    ...['Content-Disposition: attachment; filename=offer.pdf', '', 'JVBERi0xLjQK', '--b--', ''],
  ])

const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name }).waitFor()

const PHONE = { width: 390, height: 800 }

/** Each page with what makes it ready to be looked at. */
const PAGES: [string, (page: Page) => Promise<unknown>][] = [
  ['/', (page) => page.getByRole('list', { name: 'E-mails' }).waitFor()],
  ['/contacts', (page) => page.getByRole('list', { name: 'Contacts' }).waitFor()],
  ['/contacts/ID', (page) => page.getByRole('list', { name: 'Conversations' }).waitFor()],
  ['/contacts/ID?tab=tasks', (page) => page.getByText('There is nothing to be done').waitFor()],
  ['/contacts/ID?tab=notes', (page) => page.getByText('Nobody has written a note yet.').waitFor()],
  ['/mailboxes', openAccount],
  ['/explain', (page) => page.getByRole('form', { name: 'Which mail' }).waitFor()],
]

async function openAccount(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Account of every message' }).click()
  await page.getByRole('table').waitFor()
}

describe('the pages of the console', () => {
  it('fit on a phone, and have no accessibility faults at night', async () => {
    await using opened = await open('/', { colorScheme: 'dark', viewport: PHONE })
    const { page, complaints } = opened
    for (const [path, ready] of PAGES) {
      await page.goto(world.serviceUrl + path.replace('ID', carol.id))
      await ready(page)
      const found = {
        faults: await accessibilityFaults(page),
        wider: await page.evaluate('document.documentElement.scrollWidth > innerWidth'),
      }
      expect({ path, ...found }).toEqual({ path, faults: [], wider: false })
    }
    expect(complaints).toEqual([])
  })

  it('stay in sight behind a list that opens over them', async () => {
    await using opened = await open('/')
    const { page } = opened
    const mail = page.getByText('Re: Offer').first()
    await mail.waitFor()
    await page.getByRole('combobox', { name: 'With contact' }).click()
    await page.getByRole('option', { name: /Carol Jones/ }).waitFor()
    const onTop = await mail.evaluate((element) => {
      const { left, bottom } = element.getBoundingClientRect()
      const top = document.elementFromPoint(left + 2, bottom - 2)
      return top !== null && (element.contains(top) || top.contains(element))
    })
    expect(onTop).toBe(true)
  })

  it('have an Inbox that is narrowed to a provider with the keyboard', async () => {
    await using opened = await open('/')
    const { page, complaints } = opened
    const mails = page.getByRole('list', { name: 'E-mails' }).getByText('Offer')
    await mails.first().waitFor()
    const asked = page.waitForResponse(/\/api\/v1\/emails\?provider=outlook&/)
    await page.getByRole('combobox', { name: 'Provider' }).focus()
    await page.keyboard.type('Outlook')
    expect((await asked).status()).toBe(200)
    await mails.first().waitFor()
    expect(await mails.count()).toBe(2)
    expect(await accessibilityFaults(page)).toEqual([])
    const all = page.waitForResponse(/\/api\/v1\/emails\?limit=/)
    await page.getByRole('button', { name: 'Show all mail' }).focus()
    await page.keyboard.press('Enter')
    expect((await all).status()).toBe(200)
    expect(complaints).toEqual([])
  })

  it('keep their headings and words where colours are the reader’s own', async () => {
    await using opened = await open('/contacts', { forcedColors: 'active' })
    const here = opened.page.locator('nav [aria-current=page]')
    await here.waitFor()
    const outline = await here.evaluate((link) => getComputedStyle(link).outlineStyle)
    expect([await here.textContent(), outline]).toEqual(['Contacts', 'solid'])
  })
})

describe('with the keyboard alone', () => {
  it('one gets from the inbox to a contact’s mail, its file, and why it is here', async () => {
    await using opened = await open('/')
    const { page, complaints } = opened
    const press = async (role: 'link' | 'button', name: string | RegExp, key = 'Enter') => {
      await page.getByRole(role, { name }).last().focus()
      await page.keyboard.press(key)
    }
    await page.getByRole('list', { name: 'E-mails' }).waitFor()
    await press('link', 'Contacts')
    await page.locator('h1:focus', { hasText: 'Contacts' }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.type('carol')
    await press('link', 'Carol Jones')
    await page.locator('h1:focus', { hasText: 'Carol Jones' }).waitFor()
    await press('button', /^Unread: Re: Offer/)
    await page.getByRole('list', { name: 'E-mails of this conversation' }).waitFor()
    await press('button', /Here it is, signed/, 'Space')
    await page.frameLocator('iframe').getByText('signed').waitFor()

    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'offer.pdf' }).waitFor({ timeout: 30_000 })
    await press('link', 'offer.pdf')
    expect((await download).suggestedFilename()).toBe('offer.pdf')

    await press('link', 'Why is it here?')
    await heading(page, /Why is this mail here/)
    const story = page.getByRole('list', { name: 'Stories' }).getByRole('listitem').first()
    await story.getByText('In the CRM', { exact: true }).waitFor()
    expect(await story.textContent()).toContain('It was written to the CRM.')
    expect(complaints).toEqual([])
  })
})

describe('a mail that is missed', () => {
  it('is explained by its Message-ID, though it is not in the CRM', async () => {
    await using opened = await open('/explain')
    const { page } = opened
    await page.getByLabel('Its Message-ID or a link').click()
    await page.getByLabel('Message-ID or link', { exact: true }).fill('<6@customer.test>')
    await page.keyboard.press('Enter')
    const story = page.getByRole('list', { name: 'Stories' }).getByRole('listitem').first()
    await story.getByText('Left out', { exact: true }).waitFor()
    expect(await story.textContent()).toContain('internal-only')
    expect(await accessibilityFaults(page)).toEqual([])
  })
})

describe('the signed statement', () => {
  it('is saved from the page of mailboxes', async () => {
    await using opened = await open('/mailboxes')
    const { page, complaints } = opened
    await openAccount(page)
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: /Download the signed statement/ }).click()
    expect((await download).suggestedFilename()).toMatch(/^flowcrm-statement-[\d-]{10}\.json$/)
    expect(await accessibilityFaults(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})

describe('what is unread', () => {
  const line = (page: Page, name: string) => page.getByRole('button', { name, exact: false }).last()
  const weightOf = (page: Page, subject: string) =>
    page
      .getByRole('tabpanel')
      .locator('bdi', { hasText: subject })
      .first()
      .evaluate((title) => getComputedStyle(title).fontWeight)

  it('is bold and heard on a contact’s page and in its timeline', async () => {
    await using opened = await open(`/contacts/${carol.id}`)
    const { page, complaints } = opened
    await line(page, 'Unread: Re: Offer').click()
    const mails = page.getByRole('list', { name: 'E-mails of this conversation' })
    await mails.waitFor()
    expect(await mails.getByRole('button', { name: /^Unread: / }).count()).toBe(2)
    expect(await weightOf(page, 'Re: Offer')).toBe('700')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('tab', { name: 'Timeline' }).click()
    await line(page, 'Unread: Re: Offer').waitFor()
    expect(await weightOf(page, 'Re: Offer')).toBe('700')
    expect(await accessibilityFaults(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  it('is so no longer when it was read in Outlook and a new mail comes', async () => {
    await using opened = await open(`/contacts/${carol.id}`)
    const { page, complaints } = opened
    await line(page, 'Unread: Re: Offer').click()
    const mails = page.getByRole('list', { name: 'E-mails of this conversation' })
    await mails.waitFor()
    for (const id of ids) world.graph.mailboxes.patch(people.alice.mail, id, { isRead: true })
    await eventually(mailOfCarol, ({ emails }) =>
      emails.every(({ sightings }) => sightings.every(({ isRead }) => isRead === true)),
    )
    const mime = mailOf('Invoice', CAROL)
    await world.graph.mailboxes.deliver(people.alice.mail, { mime })
    await line(page, 'Unread: Invoice').waitFor()
    await mails
      .getByRole('button', { name: /^Unread: / })
      .first()
      .waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^Re: Offer/ }).waitFor()
    expect([await weightOf(page, 'Re: Offer'), await weightOf(page, 'Invoice')]).toEqual([
      '400',
      '700',
    ])
    expect(complaints).toEqual([])
  })
})
