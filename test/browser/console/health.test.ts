import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { bulkMime } from '../../../sandbox/seed/bulk.ts'
import { people } from '../../../sandbox/sign-in/directory.ts'
import { aFolder, aMailbox } from '../../console/support/fixtures.ts'
import { accessibilityFaults } from '../../support/axe.ts'
import { launchChromium } from '../../support/chromium.ts'
import {
  connectAndWatch,
  emailsOf,
  eventually,
  mailboxOf,
  startWorld,
} from '../../support/world.ts'
import { openAs, signInAs, type SignedIn, type World } from './visits.ts'

const PHONE = { width: 390, height: 800 }
const GUIDE = 'Your mail in the CRM, in three steps'

let world: World
let browser: Browser
let alice: SignedIn
let admin: SignedIn
beforeAll(async () => {
  ;[world, browser] = await Promise.all([startWorld(), launchChromium()])
  const deliver = (index: number) =>
    world.graph.mailboxes.deliver(people.alice.mail, {
      mime: bulkMime(index, people.alice.mail, new Date()),
    })
  await deliver(0)
  const { browser: hers } = await connectAndWatch(world, 'alice', ['Inbox', 'Sent Items'])
  await eventually(
    () => mailboxOf(hers),
    ({ light }) => light.colour === 'green',
  )
  await deliver(1) // a new one, so that its delay is known
  await eventually(
    () => emailsOf(hers),
    ({ total }) => total === 2,
  )
  alice = await signInAs({ world, browser }, 'Alice')
  admin = await signInAs({ world, browser }, 'Ada')
})
afterAll(async () => {
  await browser?.close()
  await world?.[Symbol.asyncDispose]()
})

const shots = process.env['SHOTS_FOLDER']
const shoot = async (page: Page, name: string) => {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })
}

const lookedAt = async (page: Page) => ({
  faults: await accessibilityFaults(page),
  wider: await page.evaluate('document.documentElement.scrollWidth > innerWidth'),
})
const WELL = { faults: [], wider: false }

/** Moves to a button without a mouse and presses it. */
async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).focus()
  await page.keyboard.press('Enter')
}

async function openEverything(page: Page): Promise<void> {
  await press(page, 'Test Sync')
  await press(page, 'Run the test')
  await page.getByText('Everything works.', { exact: true }).waitFor()
  await press(page, 'Delay and requests')
  await page.getByRole('table', { name: /new mail/ }).waitFor()
  await press(page, 'Activity')
  await page.getByText('Test Sync found that everything works.').waitFor()
  await press(page, 'Support bundle')
  await press(page, 'Put it together')
  await page.getByRole('list', { name: 'What is in the bundle' }).waitFor()
  await press(page, 'Folders')
  await page.getByRole('region', { name: 'Folders', exact: true }).waitFor()
}

describe('how a mailbox is', () => {
  it('is found out with the keyboard alone: a test, its figures, and a bundle to send', async () => {
    await using opened = await openAs({ world, browser }, alice, '/mailboxes')
    const { page, complaints } = opened
    await openEverything(page)
    const steps = page.getByRole('list', { name: 'Steps' }).getByRole('listitem')
    const words = await steps.allTextContents()
    expect(words).toHaveLength(7)
    expect(words.filter((text) => !text.includes('Fine'))).toEqual([])
    expect(await page.getByText(/Microsoft 365 reached FlowCRM just now/).count()).toBe(1)

    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download the bundle' }).focus()
    await page.keyboard.press('Enter')
    expect((await download).suggestedFilename()).toMatch(/^flowcrm-support-bundle-[\d-]{10}\.json$/)
    await shoot(page, 'health-desk')
    expect(await lookedAt(page)).toEqual(WELL)
    expect(complaints).toEqual([])
  })

  it('fits on a phone at night, also what the last test found', async () => {
    const night = { colorScheme: 'dark', viewport: PHONE } as const
    await using opened = await openAs({ world, browser }, alice, '/mailboxes', night)
    const { page, complaints } = opened
    await press(page, 'Test Sync')
    await page.getByText('Everything works.', { exact: true }).waitFor()
    await press(page, 'Delay and requests')
    await press(page, 'Activity')
    await page.getByRole('list', { name: 'Activity' }).waitFor()
    await press(page, 'Support bundle')
    await press(page, 'Put it together')
    await page.getByRole('list', { name: 'What is in the bundle' }).waitFor()
    await press(page, 'Mailbox')
    await shoot(page, 'health-phone')
    expect(await lookedAt(page)).toEqual(WELL)
    expect(complaints).toEqual([])
  })
})

describe('the first run', () => {
  const backfill = { done: 300, total: 1_204, finishedAt: null, secondsLeft: 90 }
  const reading = aMailbox({ folders: [aFolder({ backfill })] })
  const DESK = { viewport: { width: 1280, height: 900 } }
  const NIGHT = { viewport: PHONE, colorScheme: 'dark' } as const

  it.each([
    ['with nothing yet, at a desk', 'empty-desk', [], DESK],
    ['with nothing yet, on a phone at night', 'empty-phone', [], NIGHT],
    ['while the first folder is read', 'reading-desk', [reading], DESK],
  ])('guides an administrator %s', async (_when, name, mailboxes, look) => {
    await using opened = await openAs({ world, browser }, admin, '/', look)
    const { page, complaints } = opened
    await page.route('**/api/v1/mailboxes', (route) => route.fulfill({ json: { mailboxes } }))
    await page.reload()
    await page.getByRole('region', { name: GUIDE }).waitFor()
    await shoot(page, `first-run-${name}`)
    expect(await lookedAt(page)).toEqual(WELL)
    expect(complaints).toEqual([])
  })
})
