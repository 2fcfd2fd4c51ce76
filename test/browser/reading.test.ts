import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page, Request } from 'playwright-core'
import type { AttachmentList } from '../../models/wire/attachment.ts'
import type { Browserless } from '../../sandbox/browserless.ts'
import { people } from '../../sandbox/sign-in/directory.ts'
import { clean } from '../../webhook/html/clean.ts'
import { accessibilityFaults } from '../support/axe.ts'
import { launchChromium } from '../support/chromium.ts'
import { connectAndWatch, emailsOf, eventually, startWorld } from '../support/world.ts'
import { faultsIn } from '../webhook/html/oracle.ts'
import { payloads } from '../webhook/html/payloads.ts'
import { REMOTE_LOADS } from '../webhook/html/remote-loads.ts'
import { wholeMails } from '../webhook/html/whole-mails.ts'

let world: Awaited<ReturnType<typeof startWorld>>
let browser: Browser
let alice: Browserless
let signedIn: Awaited<ReturnType<typeof signIn>>
beforeAll(async () => {
  ;[world, browser] = await Promise.all([startWorld(), launchChromium()])
  for (const mime of [hostileMail(), mailWithAPicture()])
    await world.graph.mailboxes.deliver(people.alice.mail, { mime })
  ;({ browser: alice } = await connectAndWatch(world, 'alice', ['Inbox']))
  await eventually(
    () => emailsOf(alice),
    ({ total }) => total === 2,
  )
  signedIn = await signIn()
})
afterAll(async () => {
  await browser?.close()
  await world?.[Symbol.asyncDispose]()
})

const PIXEL = 'R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='

const mailOf = (subject: string, lines: string[]) =>
  Buffer.from(
    [
      ...['From: Carol <carol@customer.test>', `To: <${people.alice.mail}>`, `Subject: ${subject}`],
      ...[`Message-ID: <${subject.length}@customer.test>`, 'Date: Fri, 20 Nov 2026 09:00:00 +0000'],
      ...['MIME-Version: 1.0', ...lines],
    ].join('\r\n'),
  )

/** Every way of loading something, in one mail. */
function hostileMail(): Buffer {
  const html = Object.values(REMOTE_LOADS).map((load) => `<div>${load}</div>`)
  return mailOf('Look here', [
    ...['Content-Type: text/html; charset=utf-8', ''],
    `<p>Good morning.</p>${html.join('\n')}<p onclick="alert(1)">The end</p>`,
  ])
}

const mailWithAPicture = () =>
  mailOf('With a chart', [
    ...['Content-Type: multipart/related; boundary=b', '', '--b', 'Content-Type: text/html', ''],
    ...['<img src="cid:chart@1" alt="Chart"><img src="cid:stranger" alt="Stranger">', '--b'],
    ...['Content-Type: image/gif; name=chart.gif', 'Content-ID: <chart@1>'],
    ...['Content-Disposition: inline', 'Content-Transfer-Encoding: base64', '', PIXEL, '--b--', ''],
  ])

/** A browser that notes what leaves for the sender's host, and every dialog a script opens. */
async function aReader(colorScheme: 'light' | 'dark' = 'light') {
  const context = await browser.newContext({ colorScheme, storageState: signedIn })
  const left: Request[] = []
  const dialogs: string[] = []
  await context.route(/tracker\.test/, (route, request) => {
    left.push(request)
    return route.fulfill({ contentType: 'image/gif', body: Buffer.from(PIXEL, 'base64') })
  })
  const page = await context.newPage()
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  return { context, page, left, dialogs }
}

/** The cookies of a browser in which Alice signed in. */
async function signIn() {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(world.serviceUrl)
  await page.getByRole('link', { name: 'Sign in' }).first().click()
  await page.getByRole('button', { name: 'Sign in as Alice' }).click()
  await page.getByRole('list', { name: 'E-mails' }).waitFor()
  const state = await context.storageState()
  await context.close()
  return state
}

const frameOf = (page: Page) => page.frameLocator('iframe[title^="Text of "]')

describe('a mail whose text is slow', () => {
  it('is said to be on its way until it is there', async () => {
    const { context, page } = await aReader()
    let letGo = () => {}
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    await page.route('**/body', (route) => held.then(() => route.continue()))
    await page.goto(world.serviceUrl)
    await page.getByRole('button', { name: 'Look here' }).click()
    const loading = page.getByRole('progressbar', { name: 'Loading the mail' })
    await loading.waitFor()
    letGo()
    await loading.waitFor({ state: 'detached' })
    await frameOf(page).getByText('Good morning.').waitFor()
    const width = async (place: string) => (await page.locator(place).boundingBox())?.width ?? 0
    expect(await width('iframe')).toBeGreaterThan(0.9 * (await width('[role=dialog]')))
    await context.close()
  })
})

describe('a mail that wants to load', () => {
  it('loads nothing when it is opened, and its pictures alone when the reader asks (F2)', async () => {
    const { context, page, left, dialogs } = await aReader()
    await page.goto(world.serviceUrl)
    await page.getByRole('button', { name: 'Look here' }).click()
    await frameOf(page).getByText('Good morning.').waitFor()
    await frameOf(page).getByText('The end').click()
    await page.getByText(/pictures were not loaded/).waitFor()
    expect(left.map((request) => request.url())).toEqual([]) // said once the frame has loaded all

    await page.getByRole('button', { name: 'Show pictures' }).click()
    await page.getByText(/pictures were not loaded/).waitFor({ state: 'detached' })
    await frameOf(page).getByText('The end').waitFor()
    const asked = left.map((request) => request.url())
    expect(asked).toEqual(expect.arrayContaining(['https://tracker.test/img.gif']))
    expect(asked.filter((url) => !url.startsWith('https://'))).toEqual([])
    expect(left.filter((request) => request.resourceType() !== 'image')).toEqual([])
    const told = left.map((request) => request.headers())
    expect(told.filter(({ referer, cookie }) => referer !== undefined || cookie)).toEqual([])
    expect(dialogs).toEqual([])
    await context.close()
  })

  it.each(['light', 'dark'] as const)(
    'is read with the keyboard alone, and without accessibility faults in %s',
    async (colorScheme) => {
      const { context, page } = await aReader(colorScheme)
      await page.goto(world.serviceUrl)
      await page.getByRole('button', { name: 'Look here' }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('dialog', { name: 'Look here' }).waitFor()
      await page.getByText(/pictures were not loaded/).waitFor()
      expect(await accessibilityFaults(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.locator('button:focus', { hasText: 'Look here' }).waitFor()
      await context.close()
    },
  )
})

describe('a mail with a picture in its text', () => {
  it('shows it in its frame, and no other mail’s', async () => {
    const { emails } = await emailsOf(alice, 2)
    const { id } = emails.find(({ subject }) => subject === 'With a chart')!
    await eventually(
      () => alice.json<AttachmentList>(`/api/v1/emails/${id}/attachments`),
      ({ attachments }) => attachments[0]?.state === 'stored',
    )
    const { context, page } = await aReader()
    await page.goto(world.serviceUrl)
    await page.getByRole('button', { name: 'With a chart' }).click()
    const picture = (alt: string) => frameOf(page).getByAltText(alt)
    const widthOf = (alt: string) =>
      picture(alt).evaluate((image) => Number(Reflect.get(image, 'naturalWidth')))
    await eventually(
      () => widthOf('Chart'),
      (width) => width === 1,
    )
    expect(await widthOf('Stranger')).toBe(0)
    await context.close()
  })
})

describe('hostile HTML in Chromium', () => {
  it('keeps nothing that acts, in any of the payloads and whole mails (F1)', async () => {
    const { context, page, left, dialogs } = await aReader()
    await page.goto('about:blank')
    const requests: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    const pictures = { remote: 'block', inlineAt: '/own/', ownHost: 'crm.test' } as const
    const cleaned = [...payloads(), ...wholeMails()].map((html) => clean(html, pictures).html)
    await page.evaluate(`window.faultsIn = ${faultsIn.toString()}`)
    const faults = await page.evaluate<string[], string[]>(
      (all) =>
        all.flatMap((html) => {
          const element = document.createElement('div')
          document.body.append(element)
          element.innerHTML = html
          const oracle = Reflect.get(window, 'faultsIn') as typeof faultsIn
          const faults = oracle(element, false)
          element.querySelectorAll('*').forEach((child) => {
            child.dispatchEvent(new Event('click'))
            child.dispatchEvent(new Event('error'))
          })
          element.remove()
          return faults
        }),
      cleaned,
    )
    expect(faults).toEqual([])
    expect(dialogs).toEqual([])
    expect([...left.map((request) => request.url()), ...requests.filter(isLoad)]).toEqual([])
    await context.close()
  })
})

/** `data:` pictures are in the mail itself. */
const isLoad = (url: string) => !url.startsWith('data:')
