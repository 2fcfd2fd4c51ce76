import { ada, asInLife, SimulatedWorld } from '../../test/simulation/world.ts'
import { DAY, MINUTE } from '../../webhook/duration.ts'
import type { Report } from '../figures.ts'
import { ALICE, ALICE_ID, fillInbox } from '../support/alice.ts'
import { countRequests } from './count.ts'

const MAILS = 100
/** How often workers and chores look up: every five virtual minutes will do. */
const SETTINGS = { ...asInLife, SYNC_POLL_MS: '300000', HOUSEKEEPING_SECONDS: '300' }

/** A day in which nothing arrives in a watched folder with a live subscription, in virtual time. */
export async function benchIdleDay(report: Report): Promise<void> {
  await using world = await SimulatedWorld.start({ seed: 1, environment: SETTINGS }, 1)
  const { mailboxes, requests } = world.twin
  await fillInbox(world.twin, MAILS, world.clock.now())
  const desk = world.alive[0]?.service.context.mailboxDesk
  if (!desk) throw new Error('the service is not up')
  const signal = new AbortController().signal
  const connected = desk.connectShared(ada, ALICE, signal)
  await world.advance(10 * MINUTE)
  const mailbox = await connected
  const chosen = desk.chooseFolders(mailbox, [mailboxes.folder(ALICE_ID, 'inbox').id], signal)
  await world.advance(DAY) // read, compared, and known to be quiet
  await chosen

  requests.clear()
  await world.advance(DAY)
  const made = countRequests(requests.find())
  report.figure('requests.idleDay', made.mail, 'requests for an idle folder in 24 h')
  report.figure('requests.idleDay.proof', made.proof, 'of them to compare the ids')
  report.figure('requests.idleDay.subscriptions', made.subscriptions, 'besides, for subscriptions')
  report.figure('requests.idleDay.tree', made.tree, 'besides, for folder names')
}
