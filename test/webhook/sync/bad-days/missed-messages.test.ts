import { expect, it } from '@jest/globals'
import { bulkMime } from '../../../../sandbox/seed/bulk.ts'
import { DAY, SECOND } from '../../../../webhook/duration.ts'
import { ALICE } from '../../provider/graph/graphs.ts'
import { aConnectedMailbox } from '../a-mailbox.ts'
import { sized } from '../../../support/sized.ts'

const NEW = sized(1_000, 5_000)
const OLD = sized(200, 1_000)
const pageSize = { first: 100, min: 25, max: 500 }

it(`${NEW} messages that no notification told of, and ${OLD} that were moved here with old dates, come with the one bell that "missed" rings`, async () => {
  await using box = await aConnectedMailbox()
  const inbox = await box.watch('inbox')
  await box.work()
  const { mailboxes, requests } = box.graph
  const now = box.clock.now()
  const longAgo = new Date(now.getTime() - 400 * DAY)
  const old: string[] = []
  for (let n = 0; n < NEW + OLD; n++) {
    const isOld = n < OLD
    const { immutableId } = await mailboxes.deliver(ALICE, {
      mime: () => bulkMime(n, 'alice@flow.example', now),
      ...(isOld && { folder: 'junkemail', receivedAt: longAgo }),
    })
    if (isOld) old.push(immutableId)
  }
  mailboxes.bulkMove(ALICE, old, 'inbox')
  requests.clear()
  await box.queue.ring([inbox])
  await box.clock.advance(2 * SECOND)
  await box.work({ pageSize })
  expect(requests.count({ path: 'delta' })).toBeLessThanOrEqual(25)
  expect((await box.accounts()).filter(({ state }) => state === 'stored')).toHaveLength(NEW + OLD)
  expect(new Set((await box.storedEmails()).map(({ identity }) => identity)).size).toBe(NEW + OLD)
}, 120_000)
