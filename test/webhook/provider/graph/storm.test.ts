import { afterEach, describe, expect, it } from '@jest/globals'
import { letPromisesRun } from '../../../../sandbox/clock.ts'
import { retryAfterStyles } from '../../../../sandbox/graph/knobs.ts'
import { Random } from '../../../../sandbox/random.ts'
import { MINUTE, SECOND } from '../../../../webhook/duration.ts'
import { ProviderError } from '../../../../webhook/errors.ts'
import type { ChangesRequest, MailProvider } from '../../../../webhook/provider/provider.ts'
import {
  ALICE,
  aMime,
  aTwin,
  BOB,
  fetchInside,
  providersFor,
  untilTheEnd,
  type Twin,
} from './graphs.ts'

let twin: Twin | undefined
afterEach(() => twin?.[Symbol.asyncDispose]())

const FOLDERS = ['inbox', 'archive', 'sentitems', 'drafts', 'junkemail', 'deleteditems']

/** A reader of one folder, as careful as a pass: it comes back when it was told to, from where it was. */
async function follow(
  { clock, folderId }: Twin,
  provider: MailProvider,
  { user, folder, known, until }: { user: string; folder: string; known: Set<string>; until: Date },
) {
  const providerFolderId = folderId(folder, user)
  let cursor: string | null = null
  let isMidRound = false
  let isComplete = false
  while (!isComplete) {
    const isLastRound = !isMidRound && clock.now() >= until
    try {
      const request: ChangesRequest = { providerFolderId, cursor, pageSize: () => 10 }
      for await (const page of provider.changes(request, untilTheEnd)) {
        for (const { messageId } of page.changes) known.add(messageId)
        cursor = page.cursor
        isMidRound = !page.isLast
      }
      isComplete = isLastRound
      await clock.sleep(7 * SECOND)
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      await clock.sleep(Math.max(error.details.retryAfterMs ?? 0, SECOND))
    }
  }
}

/** When a refusal lets its mailbox be asked again, read by nobody of ours: null where it says nothing of use. */
function mayComeBackAt(retryAfter: string | null, now: Date): number | null {
  if (retryAfter === null) return null
  const waitMs = /^\d+(\.\d+)?$/.test(retryAfter)
    ? Number(retryAfter) * SECOND
    : Date.parse(retryAfter) - now.getTime()
  return waitMs > 0 ? now.getTime() + Math.min(waitMs, 10 * MINUTE) : null
}

describe('half an hour of throttling, told in every way there is', () => {
  it.each([1, 2, 3])(
    'is sat out without a call before its time, with four in flight, and nothing is lost (seed %i)',
    async (seed) => {
      twin = await aTwin()
      const { graph, clock } = twin
      const random = new Random(seed)
      const calm = new Date(clock.now().getTime() + 30 * MINUTE)
      const closed: { user: string; after: number; until: number }[] = []
      const inFlight = new Map<string, number>()
      const most = new Map<string, number>()
      let throttles = 0

      const fetch: typeof globalThis.fetch = async (url, init) => {
        const user = (url as string).includes(ALICE) ? ALICE : BOB
        if (clock.now() < calm && random.chance(0.5)) {
          const style = retryAfterStyles[throttles++ % retryAfterStyles.length]!
          graph.knobs.http.retryAfter = style
          graph.desk.throttle(user, random.between(1, 120))
        }
        inFlight.set(user, (inFlight.get(user) ?? 0) + 1)
        most.set(user, Math.max(most.get(user) ?? 0, inFlight.get(user)!))
        const response = await fetchInside(graph)(url, init)
        inFlight.set(user, inFlight.get(user)! - 1)
        const until = mayComeBackAt(response.headers.get('retry-after'), clock.now())
        if (response.status === 429 && until !== null)
          closed.push({ user, after: graph.requests.count(), until })
        return response
      }
      const { of } = providersFor('http://graph.example/v1.0', clock, {
        fetch,
        random: () => random.next(),
      })

      graph.desk.slowDown(400)
      const delivered: string[] = []
      const known = new Set<string>()
      const delivering = (async () => {
        for (let n = 0; clock.now() < calm; n++) {
          const [user, folder] = [random.pick([ALICE, BOB]), random.pick(FOLDERS)]
          const ref = await graph.mailboxes.deliver(user, { folder, mime: aMime(`Mail ${n}`) })
          delivered.push(ref.immutableId)
          await clock.sleep(random.between(1, 8) * SECOND)
        }
      })()
      const until = new Date(calm.getTime() + MINUTE)
      const reading = [ALICE, BOB].flatMap((user) =>
        FOLDERS.map((folder) => follow(twin!, of(user), { user, folder, known, until })),
      )
      const done = Promise.all([delivering, ...reading])
      await clock.advance(45 * MINUTE, letPromisesRun)
      await done

      const calls = graph.requests.find()
      const early = closed.flatMap(({ user, after, until }) =>
        calls.slice(after).filter(({ mailbox, at }) => mailbox === user && at.getTime() < until),
      )
      expect(early).toEqual([])
      expect([...most.values()].every((count) => count <= 4)).toBe(true)
      expect(Math.max(...most.values())).toBe(4)
      expect(graph.requests.find().filter(({ throttled }) => throttled).length).toBeGreaterThan(20)
      expect(throttles).toBeGreaterThan(retryAfterStyles.length)
      expect(delivered.filter((id) => !known.has(id))).toEqual([])
    },
  )
})

describe('a Graph that is unwell in every way there is', () => {
  const harms = [
    ...(['reset', 'hang', 'truncated', 'not-json', 'error-with-200', 'wrong-type'] as const),
    ...([500, 503, 504] as const),
  ]

  it('loses no mail, and is asked no more often than we tried', async () => {
    twin = await aTwin()
    const { graph, clock, alice, inbox } = twin
    const random = new Random(11)
    for (let n = 0; n < 300; n++) await graph.mailboxes.deliver(ALICE, { mime: aMime(`Mail ${n}`) })
    const met = new Set<unknown>()
    const subjects: string[] = []
    let tries = 0
    let cursor: string | null = null
    for (let isDone = false; !isDone;) {
      const harm = random.chance(0.6) ? random.pick(harms) : null
      met.add(harm)
      if (typeof harm === 'number') graph.desk.failRequests(harm, 1)
      else if (harm) graph.desk.damageReplies(harm, 1)
      const page: Promise<void> = (async () => {
        const request = { providerFolderId: inbox, cursor, pageSize: () => 5 }
        for await (const { changes, ...rest } of alice.changes(request, untilTheEnd)) {
          for (const change of changes)
            subjects.push(change.kind === 'present' ? change.message.subject : change.kind)
          cursor = rest.cursor
          isDone = rest.isLast
          return
        }
      })()
      tries++
      const failed = page.catch((error: unknown) => {
        expect(error).toMatchObject({ name: 'ProviderError', retry: 'later' })
      })
      if (harm === 'hang') {
        while (graph.requests.count() < tries) await new Promise((resolve) => setImmediate(resolve))
        await clock.advance(30 * SECOND)
      }
      await failed
    }
    expect(subjects.toSorted()).toEqual(
      Array.from({ length: 300 }, (_, n) => `Mail ${n}`).toSorted(),
    )
    expect(met.size).toBe(harms.length + 1)
    expect(graph.requests.count()).toBe(tries)
    expect(tries).toBeLessThan(3 * 60)
  })

  it('that says 503 and when to come back is left alone until then, by all who ask', async () => {
    twin = await aTwin()
    const { graph, clock, alice } = twin
    graph.desk.failRequests(503, 1, { retryAfterSeconds: 40 })
    const refused = (retryAfterMs: number) => ({ retry: 'later', details: { retryAfterMs } })
    await expect(alice.account(untilTheEnd)).rejects.toMatchObject({
      code: 'provider-unavailable',
      ...refused(40 * SECOND),
    })
    await expect(twin.of(ALICE).folders(untilTheEnd)).rejects.toMatchObject({
      code: 'throttled',
      ...refused(40 * SECOND),
    })
    expect(graph.requests.count()).toBe(1)
    await clock.advance(40 * SECOND)
    expect(await alice.account(untilTheEnd)).toMatchObject({ providerUserId: ALICE })
  })
})
