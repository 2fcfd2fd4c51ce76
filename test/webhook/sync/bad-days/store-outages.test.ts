import { expect, it } from '@jest/globals'
import { MINUTE, SECOND } from '../../../../webhook/duration.ts'
import { isAcknowledged } from '../../../../sandbox/graph/delivery/notification-log.ts'
import { anOffice, marksOn, storedEmails } from './an-office.ts'

const MAILS = 10
/** Graph comes again for four hours, at last once an hour. */
const UNTIL_ALL_IS_WELL = 65 * MINUTE

/** What the receiver answers in each kind of outage, minute by minute: test/webhook/notifications/store-outage.test.ts. */
it.each([
  ['fails', 10],
  ['lost-answer', 10],
  ['slow', 60],
  ['hangs', 239],
] as const)(
  'a store that %s for %i minutes: notifications are answered within a second, and all mail is there afterwards, once',
  async (trouble, minutes) => {
    const environment = { SYNC_POLL_MS: '60000', HOUSEKEEPING_SECONDS: '300' }
    await using office = await anOffice(['alice'], { mails: 5, folders: ['inbox'], environment })
    const { twin, store } = office.world
    twin.notifications.clear()
    const marks = marksOn(office)
    store.fall(trouble)
    for (let n = 0; n < MAILS; n++) {
      await office.deliver('alice', 1)
      await office.world.advance((minutes * MINUTE) / MAILS)
    }
    const answers = [...twin.notifications.posts]
    expect(Math.max(...answers.map(({ tookMs }) => tookMs))).toBeLessThanOrEqual(SECOND)
    // Whatever was acknowledged had been marked by then.
    const unfounded = answers.filter((post) => {
      const [from, to] = [post.at.getTime(), post.at.getTime() + post.tookMs]
      const isBell = post.url.includes('/notifications')
      return isBell && isAcknowledged(post) && !marks.some((at) => at >= from && at <= to)
    })
    expect(unfounded).toEqual([])
    if (trouble === 'hangs')
      expect([...new Set(answers.map(({ outcome }) => outcome))]).toEqual([503])

    store.recover()
    await office.world.advance(UNTIL_ALL_IS_WELL)
    expect(await storedEmails(office)).toBe(5 + MAILS)
    expect(await office.world.findings()).toEqual([])
  },
)
