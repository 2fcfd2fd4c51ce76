import { describe, expect, it } from '@jest/globals'
import { aMail } from '../support/mail.ts'
import { fill, INBOX, round } from '../support/rounds.ts'
import { ADA, startWorld } from '../support/world.ts'

const SINCE = '2026-11-20T09:02:00Z' // when "Mail 2" of fill() arrives

const subjects = (lines: { subject?: string | null }[]) => lines.map(({ subject }) => subject)

describe('delta with options (graph-contract 3.1, 3.2)', () => {
  it('begins at the instant the filter names, and later mail than that follows', async () => {
    const world = startWorld()
    await fill(world, 4)
    const from = await round(world, `${INBOX}?$filter=receivedDateTime ge ${SINCE}`)
    expect(subjects(from.lines)).toEqual(['Mail 3', 'Mail 2'])
    const after = await round(world, `${INBOX}?$filter=receivedDateTime gt ${SINCE}`)
    expect(subjects(after.lines)).toEqual(['Mail 3'])
    await fill(world, 1)
    expect(subjects((await round(world, from.deltaLink)).lines)).toEqual(['Mail 0'])
  })

  it('goes from the newest down when ordered, and misses nothing that changes meanwhile', async () => {
    const world = startWorld()
    const [first] = await fill(world, 5)
    const page = await world.get(`${INBOX}?$orderby=receivedDateTime desc`, {
      headers: { prefer: 'odata.maxpagesize=2' },
    })
    expect(subjects(page.body.value)).toEqual(['Mail 4', 'Mail 3'])
    const late = await world.mailboxes.deliver(ADA, { mime: aMail({ subject: 'Late' }) })
    world.mailboxes.remove(ADA, first?.defaultId ?? '')
    const rest = await round(world, page.body['@odata.nextLink'] ?? '', 2)
    expect(subjects(rest.lines)).toEqual(['Mail 2', 'Mail 1'])
    const next = await round(world, rest.deltaLink)
    expect(next.lines).toMatchObject([
      { id: late.defaultId },
      { id: first?.defaultId, '@removed': { reason: 'deleted' } },
    ])
  })

  it('shows 5,000 mails at most under a filter', async () => {
    const world = startWorld()
    const mails = Array.from({ length: 5_001 }, (_, index) => ({
      mime: () => aMail({ id: `${index}@x` }),
    }))
    await world.mailboxes.deliverMany(ADA, mails)
    const url = `${INBOX}?$select=id&$filter=receivedDateTime ge 2020-01-01T00:00:00Z`
    expect((await round(world, url, 1_000)).lines).toHaveLength(5_000)
    expect((await round(world, `${INBOX}?$select=id`, 1_000)).lines).toHaveLength(5_001)
  })

  it('leaks read flips and removals of mail outside of the filter, and nothing else', async () => {
    const world = startWorld()
    const [flipped, tagged, removed] = await fill(world, 3)
    const { deltaLink } = await round(
      world,
      `${INBOX}?$filter=receivedDateTime ge 2026-12-01T00:00:00Z`,
    )
    world.mailboxes.patch(ADA, flipped!.defaultId, { isRead: true })
    world.mailboxes.patch(ADA, tagged!.defaultId, { categories: ['Red'] })
    world.mailboxes.remove(ADA, removed!.defaultId)
    const { lines } = await round(world, deltaLink)
    expect(lines).toMatchObject([
      { id: flipped!.defaultId, isRead: true },
      { id: removed!.defaultId, '@removed': { reason: 'deleted' } },
    ])
    expect(lines[0]).not.toHaveProperty('subject')
  })

  it('takes $top as the cap of the whole round, not as a page size', async () => {
    const world = startWorld()
    await fill(world, 15)
    const { lines, deltaLink } = await round(world, `${INBOX}?$top=12`, 5)
    expect(lines).toHaveLength(12)
    expect((await round(world, deltaLink)).lines).toEqual([])
    await fill(world, 1)
    expect(subjects((await round(world, deltaLink)).lines)).toEqual(['Mail 0'])
    const first = await world.get(`${INBOX}?$top=12`)
    expect(first.body.value).toHaveLength(10)
  })

  it.each([
    ['created', ['New']],
    ['updated', ['Mail 0']],
    ['deleted', [undefined]],
  ])('tells only what was %s when asked to', async (changeType, expected) => {
    const world = startWorld()
    const [updated, deleted] = await fill(world, 2)
    const { lines, deltaLink } = await round(world, `${INBOX}?changeType=${changeType}`)
    expect(lines).toHaveLength(changeType === 'created' ? 2 : 0)
    world.mailboxes.serverTouch(ADA, updated!.defaultId)
    world.mailboxes.remove(ADA, deleted!.defaultId)
    await world.mailboxes.deliver(ADA, { mime: aMail({ subject: 'New' }) })
    expect(subjects((await round(world, deltaLink)).lines)).toEqual(expected)
  })

  it('expands extended properties and attachments in the page', async () => {
    const world = startWorld()
    const [mail] = await fill(world, 1)
    const id = 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Stamp'
    await world.patch(`/me/messages/${mail!.defaultId}`, {
      singleValueExtendedProperties: [{ id, value: 'seen' }],
    })
    const expand = encodeURIComponent(
      `singleValueExtendedProperties($filter=id eq '${id}'),attachments`,
    )
    const { lines } = await round(world, `${INBOX}?$expand=${expand}`)
    expect(lines).toMatchObject([
      { singleValueExtendedProperties: [{ id, value: 'seen' }], attachments: [] },
    ])
  })
})
