import type { Page } from 'playwright-core'
import { bulkMime } from '../../sandbox/seed/bulk.ts'
import { ALICE, aliceWatches } from '../support/alice.ts'
import type { ServiceProcess } from '../support/service-process.ts'

const MAILS = 20
/** No mail of the others has such a number. */
const FIRST_NUMBER = 3_000_000

/** From a mail's delivery to its row in the open Inbox, each, in ms. Its notification leaves within 25 ms (`quickKnobs`). */
export async function showLiveMail(page: Page, service: ServiceProcess): Promise<number[]> {
  await aliceWatches(service, ['Inbox'])
  await page.goto(service.url)
  await page.getByText('Live', { exact: true }).waitFor()
  const shownMs: number[] = []
  for (let number = FIRST_NUMBER; number < FIRST_NUMBER + MAILS; number++) {
    const receivedAt = new Date()
    const mime = bulkMime(number, ALICE, receivedAt)
    await service.graph.mailboxes.deliver(ALICE, { mime, receivedAt })
    await page.waitForFunction(isShown, `${number}`)
    shownMs.push(Date.now() - receivedAt.getTime())
  }
  return shownMs
}

/** Asked in each frame. */
const isShown = (number: string): boolean =>
  document.querySelector('[aria-label="E-mails"]')?.textContent.includes(number) ?? false
