import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Contact } from '../../../models/wire/contacts/contact.ts'
import type { EmailPage } from '../../../models/wire/email.ts'
import type { SuggestionPage } from '../../../models/wire/contacts/upkeep.ts'
import { people } from '../../../sandbox/sign-in/directory.ts'
import { accessibilityFaults } from '../../support/axe.ts'
import { launchChromium } from '../../support/chromium.ts'
import { connectAndWatch, eventually, startWorld } from '../../support/world.ts'
import { openAs, signInAs, type SignedIn, type World } from './visits.ts'

const CAROL = 'carol@customer.test'
const MINUTE_MS = 60_000
const A_REPLY = ['In-Reply-To: <1@customer.test>']
const PHONE = { width: 390, height: 800 }

let world: World
let browser: Browser
let signedIn: SignedIn
let carol: Contact
beforeAll(async () => {
  ;[world, browser] = await Promise.all([startWorld(), launchChromium()])
  const mails = [
    mailOf({ number: 1, subject: 'Offer', html: OFFER }),
    mailOf({ number: 2, subject: 'Re: Offer', html: LONG, more: A_REPLY }),
    mailOf({
      number: 3,
      subject: 'Hello',
      html: '<p>Hello.</p>',
      from: '"Dan Dale" <dan@customer.test>',
    }),
  ]
  for (const [minute, mime] of mails.entries()) {
    const receivedAt = new Date(Date.now() - (10 - minute) * MINUTE_MS)
    await world.graph.mailboxes.deliver(people.alice.mail, { mime, receivedAt })
  }
  const { browser: alice } = await connectAndWatch(world, 'alice', ['Inbox'])
  const create = (body: object) => alice.json<Contact>('/api/v1/contacts', { method: 'POST', body })
  carol = await create({ name: 'Carol Jones', addresses: [CAROL] })
  await create({ name: 'C. Jones', phone: '555 0100', addresses: ['carol+news@customer.test'] })
  await alice.json('/api/v1/tasks', {
    ...{ method: 'POST', body: { contactId: carol.id, title: 'Send the offer' } },
  })
  await eventually(
    () => alice.json<EmailPage>(`/api/v1/contacts/${carol.id}/emails`),
    ({ emails }) => emails.length === 2 && emails.every(({ threadId }) => threadId !== null),
  )
  await eventually(
    () => alice.json<SuggestionPage>('/api/v1/suggestions'),
    ({ suggestions }) => suggestions.length === 1,
  )
  signedIn = await signInAs({ world, browser }, 'Alice')
})
const open = (path: string, options?: BrowserContextOptions) =>
  openAs({ world, browser }, signedIn, path, options)
afterAll(async () => {
  await browser?.close()
  await world?.[Symbol.asyncDispose]()
})

const OFFER = '<p>Here is the <span style="color: red">offer</span>.</p>'
/** Longer than a page of paper. */
const LONG = Array.from({ length: 120 }, (_, line) => `<p>Line ${line + 1} of it.</p>`).join('')

type Sent = { number: number; subject: string; from?: string; html: string; more?: string[] }

const mailOf = ({ number, subject, from = CAROL, html, more = [] }: Sent) =>
  Buffer.from(
    [
      ...[`From: ${from}`, `To: <${people.alice.mail}>`, `Subject: ${subject}`, ...more],
      ...[`Message-ID: <${number}@customer.test>`, 'Date: Fri, 20 Nov 2026 09:00:00 +0000'],
      ...['MIME-Version: 1.0', 'Content-Type: text/html; charset=utf-8', '', html],
    ].join('\r\n'),
  )

/** What is wrong with the page as it stands: for those who listen, and on a phone. */
const faultsOf = async (page: Page) => ({
  faults: await accessibilityFaults(page),
  wider: await page.evaluate('document.documentElement.scrollWidth > innerWidth'),
})
const NONE = { faults: [], wider: false }

const isFocused = (page: Page, name: string | RegExp, role: 'button' | 'heading' | 'link') =>
  eventually(
    () =>
      page
        .getByRole(role, { name })
        .last()
        .evaluate((element) => element === document.activeElement),
    (focused) => focused,
    5_000,
  )

/** Each with what makes it ready to be looked at. */
const PLACES: [string, string, (page: Page) => Promise<unknown>][] = [
  ['the list', '/contacts', (page) => page.getByText('C. Jones').waitFor()],
  ['a new contact', '/contacts', (page) => openDialog(page, 'New contact')],
  ['an import', '/contacts', (page) => openPreview(page)],
  ['an edited contact', '/contacts/ID?tab=tasks', (page) => openDialog(page, 'Edit this contact')],
  ['a timeline', '/contacts/ID?tab=timeline', (page) => page.getByText('Task added').waitFor()],
  ['the review', '/review', (page) => page.getByText('No contacts have been merged').waitFor()],
  ['a comparison', '/review', (page) => openComparison(page)],
]

async function openDialog(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).click()
  await page.getByRole('dialog').waitFor()
}

async function openPreview(page: Page): Promise<void> {
  await openDialog(page, 'Import')
  const text = 'Name,E-mail,Shoe size\r\nDan,dan@customer.test,44\r\nEve,nobody,38\r\n'
  const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
  await page.getByLabel('CSV file').setInputFiles(file)
  await page.getByText('To be mended in the file').waitFor()
}

async function openComparison(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Compare / }).click()
  await page.getByRole('region', { name: 'Both, and what they become' }).waitFor()
}

describe('contacts and their review', () => {
  it.each([
    ['by day, at a desk', { colorScheme: 'light', viewport: { width: 1280, height: 900 } }],
    ['by night, on a phone', { colorScheme: 'dark', viewport: PHONE }],
  ] as const)('have no accessibility faults and fit: %s', async (_when, options) => {
    await using opened = await open('/contacts', options)
    const { page, complaints } = opened
    for (const [name, path, ready] of PLACES) {
      await page.goto(world.serviceUrl + path.replace('ID', carol.id))
      await ready(page)
      if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name} ${options.colorScheme}.png` })
      expect({ name, ...(await faultsOf(page)) }).toEqual({ name, ...NONE })
    }
    expect(complaints).toEqual([])
  })
})

/** Where somebody wants to see what the pages look like. */
const SHOTS = process.env['SHOTS']

describe('with the keyboard alone', () => {
  it('a contact is made, changed and deleted', async () => {
    await using opened = await open('/contacts')
    const { page, complaints } = opened
    const press = async (name: string | RegExp, role: 'button' | 'link' = 'button') => {
      await page.getByRole(role, { name }).last().focus()
      await page.keyboard.press('Enter')
    }
    await press('New contact')
    await page.keyboard.type('Eve Evans') // the first field has the focus
    await page.getByRole('textbox', { name: 'E-mail address 1' }).focus()
    await page.keyboard.type(CAROL)
    await page.keyboard.press('Enter')
    await page.getByText(`has ${CAROL} already`).waitFor()
    await page.getByRole('textbox', { name: 'E-mail address 1' }).fill('eve@evans.test')
    await page.getByRole('combobox', { name: 'Company' }).focus()
    await page.keyboard.type('Evans Ltd')
    await page.keyboard.press('Enter')
    await page.locator('h1:focus', { hasText: 'Eve Evans' }).waitFor()

    await press('Edit this contact')
    await press('Add an address')
    await page.keyboard.type('eve@home.test') // the new line has it
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByText('eve@home.test').waitFor()
    await isFocused(page, 'Edit this contact', 'button')
    await page.getByText('Evans Ltd').waitFor()

    await press('Delete this contact')
    await press('Delete')
    await page.locator('h1:focus', { hasText: 'Contacts' }).waitFor()
    await page.getByRole('link', { name: 'Carol Jones' }).waitFor()
    expect(await page.getByText('Eve Evans').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('duplicates are compared, merged, and made two again', async () => {
    await using opened = await open('/review')
    const { page, complaints } = opened
    const press = async (name: string | RegExp) => {
      await page.getByRole('button', { name }).last().focus()
      await page.keyboard.press('Enter')
    }
    await press(/^Compare Carol Jones and/)
    await page.getByText('No e-mail moves').waitFor()
    await press('Keep the other one')
    await page.getByText('2 e-mails come to the kept contact').waitFor()
    await press('Keep the other one')
    await page.getByText('No e-mail moves').waitFor()
    await press('Merge')
    await page.getByText('No two contacts look like one person.').waitFor()
    await isFocused(page, 'Merges', 'heading')
    await press('Undo the merge of C. Jones into Carol Jones')
    await page.getByText('Undone', { exact: true }).waitFor()
    await page.getByRole('button', { name: /^Compare / }).waitFor()

    await press('Make dan@customer.test a contact')
    await press('Cancel')
    await isFocused(page, 'Make dan@customer.test a contact', 'button')
    await page.keyboard.press('Enter')
    await page.getByLabel('Name of the contact').waitFor()
    await page.keyboard.press('Enter') // under the name that their mail has
    await page.getByText('Dan Dale is a contact now').waitFor()
    expect(complaints).toEqual([])
  })
})

describe('from a contact’s own page', () => {
  it('it is merged with another one that is searched for, and its page is the kept one’s', async () => {
    await using opened = await open('/contacts')
    const { page } = opened
    await page.getByRole('link', { name: 'C. Jones' }).click()
    await openDialog(page, 'Merge with another contact…')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('searchbox').fill('jones')
    await dialog.getByRole('radio', { name: `Carol Jones, ${CAROL}` }).check()
    expect(await dialog.getByRole('radio').count()).toBe(1) // it is no choice for itself
    await dialog.getByRole('button', { name: 'Compare' }).click()
    await dialog.getByRole('button', { name: 'Keep the other one' }).click()
    await dialog.getByText('No e-mail moves').waitFor()
    await dialog.getByRole('button', { name: 'Merge' }).click()
    await page.locator('h1:focus', { hasText: 'Carol Jones' }).waitFor()
    expect(new URL(page.url()).pathname).toBe(`/contacts/${carol.id}`)
    await page.getByText('555 0100').waitFor()
    await page.goto(`${world.serviceUrl}/review`)
    await page.getByRole('button', { name: 'Undo the merge of C. Jones into Carol Jones' }).click()
    await page.getByText('Undone', { exact: true }).first().waitFor()
    expect(opened.complaints).toEqual([])
  })
})

describe('contacts from a file', () => {
  it('are looked at, read in, and there', async () => {
    await using opened = await open('/contacts')
    const { page, complaints } = opened
    await openDialog(page, 'Import')
    const rows = Array.from({ length: 700 }, (_, row) => `Reader ${row},reader-${row}@file.test`)
    const buffer = Buffer.from(['Name,E-mail', ...rows].join('\n'))
    const file = { name: 'people.csv', mimeType: 'text/csv', buffer }
    await page.getByLabel('CSV file').setInputFiles(file)
    await page.getByRole('button', { name: 'Import 700 contacts' }).click()
    await page.getByText('people.csv is imported: 700 rows.').waitFor()
    await page.keyboard.press('Escape') // the focus is still in it
    await isFocused(page, 'Import', 'button')
    await page.getByRole('searchbox').fill('reader-699@file.test')
    await page.getByRole('link', { name: 'Reader 699' }).waitFor()
    expect(complaints).toEqual([])
  })
})

describe('a conversation on paper', () => {
  it('is printed by itself and at its full length, in its own looks, where nothing runs', async () => {
    await using opened = await open(`/contacts/${carol.id}`)
    const { page, complaints } = opened
    await page.getByRole('button', { name: /^Unread: Re: Offer/ }).click()
    await page.getByRole('button', { name: 'Print' }).click()
    const paper = page.frameLocator('iframe[title="What is printed"]')
    await paper.getByText('Line 120 of it.').waitFor()
    expect(await paper.getByRole('article').count()).toBe(2)
    const colour = await paper.getByText('offer', { exact: true }).evaluate(colourOf)
    expect(colour).toBe('rgb(255, 0, 0)')
    const printed = page.evaluate(
      () =>
        new Promise((resolve) => {
          const frame = document.querySelector<HTMLIFrameElement>('iframe[title="What is printed"]')
          frame?.contentWindow?.addEventListener('beforeprint', () => resolve(frame.srcdoc))
        }),
    )
    await page.getByRole('dialog').getByRole('button', { name: 'Print' }).click()
    expect(await printed).toBe('<!doctype html>')
    expect((await faultsOf(page)).faults).toEqual([])
    expect(complaints).toEqual([])
  })

  it('is also what the browser’s own Print gives: the mail that is open, without the ways elsewhere', async () => {
    await using opened = await open(`/contacts/${carol.id}`)
    const { page } = opened
    await page.getByRole('button', { name: /^Unread: Re: Offer/ }).click()
    await page.getByRole('list', { name: 'E-mails of this conversation' }).waitFor()
    await page.getByRole('button', { name: /Line 1 of it/ }).click()
    await page.frameLocator('iframe').getByText('Line 120 of it.').waitFor()
    const heightOf = async () => (await page.locator('iframe').boundingBox())?.height ?? 0
    const onScreen = await heightOf()
    await page.emulateMedia({ media: 'print' })
    expect(await heightOf()).toBeGreaterThan(onScreen * 2)
    for (const gone of ['Pages', 'Sandbox'])
      expect(await page.getByLabel(gone, { exact: true }).isVisible()).toBe(false)
    expect(await page.getByRole('tab').first().isVisible()).toBe(false)
    expect(await page.getByRole('button', { name: /^Unread: Re: Offer/ }).isVisible()).toBe(true)
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/on paper.png`, fullPage: true })
  })
})

const colourOf = (element: Element) => getComputedStyle(element).color
