import { describe, expect, it } from '@jest/globals'
import { MINUTE } from '../../../../webhook/duration.ts'
import { fill, IMMUTABLE, INBOX, round } from '../support/rounds.ts'
import { ADA, startWorld } from '../support/world.ts'

describe('delta at its worst (graph-contract 3.2, 9)', () => {
  it('sends empty pages with a nextLink, several in a row, and gets on all the same', async () => {
    const world = startWorld({ deltaEmptyPages: 1 })
    await fill(world, 3)
    const { replies, lines } = await round(world, INBOX, 2)
    expect(replies.map(({ body }) => body.value.length)).toEqual([0, 0, 0, 2, 0, 0, 0, 1])
    expect(lines).toHaveLength(3)
  })

  it('repeats an item within a page', async () => {
    const world = startWorld({ deltaDuplicates: 1 })
    await fill(world, 3)
    const { lines } = await round(world, INBOX)
    expect(lines).toHaveLength(4)
    expect(new Set(lines.map(({ id }) => id)).size).toBe(3)
  })

  it('replays changes of earlier rounds', async () => {
    const world = startWorld()
    await fill(world, 3)
    const { deltaLink } = await round(world, INBOX)
    world.knobs.deltaReplays = 1
    const { lines } = await round(world, deltaLink)
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.at(-1)).toMatchObject({ subject: 'Mail 2' })
  })

  it('repeats all of it the same way for the same seed', async () => {
    const run = async () => {
      const world = startWorld({ deltaEmptyPages: 0.5, deltaDuplicates: 0.5, deltaReplays: 0.5 })
      await fill(world, 9)
      const first = await round(world, INBOX, 2)
      const second = await round(world, first.deltaLink, 2)
      return [...first.replies, ...second.replies].map(({ body }) => body.value.map(({ id }) => id))
    }
    expect(await run()).toEqual(await run())
  })

  it('lags: the same link shows a change only later', async () => {
    const world = startWorld()
    const [mail] = await fill(world, 2)
    const { deltaLink } = await round(world, INBOX)
    world.knobs.deltaLagMs = 5 * MINUTE
    world.mailboxes.patch(ADA, mail!.defaultId, { isRead: true })
    const early = await round(world, deltaLink)
    expect(early.lines).toEqual([])
    await world.clock.advance(5 * MINUTE)
    expect((await round(world, early.deltaLink)).lines).toMatchObject([
      { id: mail!.defaultId, isRead: true },
    ])
  })

  it('loses a mail that went A to B to A under immutable ids, until it changes again', async () => {
    const world = startWorld({ deltaLosesRoundTrips: true })
    const [mail] = await fill(world, 1)
    const { deltaLink } = await round(world, INBOX, 50, IMMUTABLE)
    world.mailboxes.move(ADA, mail!.immutableId, 'archive')
    world.mailboxes.move(ADA, mail!.immutableId, 'inbox')
    const lost = await round(world, deltaLink, 50, IMMUTABLE)
    expect(lost.lines).toMatchObject([{ id: mail!.immutableId, '@removed': { reason: 'deleted' } }])
    const got = await world.get(`/me/messages/${mail!.immutableId}`)
    expect(got.status).toBe(200)
    expect((await round(world, lost.deltaLink, 50, IMMUTABLE)).lines).toEqual([])
    world.mailboxes.patch(ADA, mail!.immutableId, { isRead: true })
    expect((await round(world, lost.deltaLink, 50, IMMUTABLE)).lines).toHaveLength(1)
  })

  it('shows the same round trip as a mail that is there when that knob is off', async () => {
    const world = startWorld()
    const [mail] = await fill(world, 1)
    const { deltaLink } = await round(world, INBOX, 50, IMMUTABLE)
    world.mailboxes.move(ADA, mail!.immutableId, 'archive')
    world.mailboxes.move(ADA, mail!.immutableId, 'inbox')
    const { lines } = await round(world, deltaLink, 50, IMMUTABLE)
    expect(lines).toMatchObject([{ id: mail!.immutableId, subject: 'Mail 0' }])
  })
})
