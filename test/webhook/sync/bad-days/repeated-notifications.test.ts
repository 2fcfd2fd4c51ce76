import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { Random } from '../../../../sandbox/random.ts'
import { SECOND } from '../../../../webhook/duration.ts'
import { ALICE, aMime } from '../../provider/graph/graphs.ts'
import { aConnectedMailbox, type ConnectedMailbox } from '../a-mailbox.ts'
import { sized } from '../../../support/sized.ts'

const WINDOWS = sized(40, 100)

let box: ConnectedMailbox
beforeEach(async () => void (box = await aConnectedMailbox()))
afterEach(() => box[Symbol.asyncDispose]())

it('notifications that come up to ten times each have their effect once, and Graph is read once for each moment in which they came', async () => {
  const random = new Random(5)
  const inbox = await box.watch('inbox')
  await box.work()
  box.graph.requests.clear()
  let mails = 0
  let bells = 0
  for (let window = 0; window < WINDOWS; window++) {
    const news = random.between(1, 4)
    for (let n = 0; n < news; n++)
      await box.graph.mailboxes.deliver(ALICE, { mime: aMime(`Mail ${mails++}`) })
    for (let left = news * random.between(1, 10); left > 0; left--, bells++)
      await box.queue.ring([inbox])
    await box.clock.advance(2 * SECOND)
    await box.work()
  }
  expect(bells).toBeGreaterThan(3 * mails)
  expect(await box.storedEmails()).toHaveLength(mails)
  expect((await box.accounts()).map(({ rev }) => rev)).toEqual(
    Array.from({ length: mails }, () => 1),
  )
  expect(box.graph.requests.count({ path: 'delta' })).toBeLessThanOrEqual(1.2 * WINDOWS)
})
