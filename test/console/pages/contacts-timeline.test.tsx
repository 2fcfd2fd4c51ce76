/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, waitFor } from '@testing-library/react'
import fc from 'fast-check'
import { MergedSources, type Source } from '../../../console/contacts/timeline/merged-sources.ts'
import { CAROL, give, withCarol } from '../support/carol.ts'
import { aProblem } from '../support/fake-service.ts'
import { anEmail, manyEmails } from '../support/fixtures.ts'
import { openConsole } from '../support/open-console.tsx'
import { aNote, aTask } from '../support/page-facts.ts'

type Item = { at: string; id: string }

/** A list that gives its items in pages of these sizes, and is asked no further than it goes. */
const pagesOf =
  (items: readonly Item[], sizes: readonly number[]): Source<Item> =>
  async (cursor) => {
    const [start, page] = (cursor ?? '0/0').split('/').map(Number) as [number, number]
    const end = start + (sizes[page % sizes.length] ?? 1)
    const nextCursor = end < items.length ? `${end}/${page + 1}` : null
    return { items: items.slice(start, end), nextCursor }
  }

const aList = fc.record({
  times: fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 20 }),
  // Pages may be empty and go on, yet not for ever.
  sizes: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 }),
})

describe('several lists as one', () => {
  it('give everything once, the newest first over all pages, however each is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aList, { maxLength: 5 }), async (lists) => {
        const all = lists.map(({ times }, list) =>
          times
            .toSorted((one, other) => other - one)
            .map((time, at) => ({ at: new Date(time).toISOString(), id: `${list} ${at}` })),
        )
        const sources = all.map((items, at) => pagesOf(items, [...lists[at]!.sizes, 1]))
        const merged = new MergedSources(sources, 3)
        const shown: Item[] = []
        for (let place: string | null = null, more = true; more; more = place !== null) {
          const { items, nextCursor } = await merged.page(place)
          expect(items.length === 3 || nextCursor === null).toBe(true)
          shown.push(...items)
          place = nextCursor
        }
        expect(shown.map(({ id }) => id).toSorted()).toEqual(
          all
            .flat()
            .map(({ id }) => id)
            .toSorted(),
        )
        const times = shown.map(({ at }) => Date.parse(at))
        expect(times).toEqual(times.toSorted((one, other) => other - one))
      }),
    )
  })

  it('give the same page from the same place, also after one list did not answer', async () => {
    const items = Array.from({ length: 6 }, (_, at) => ({
      ...{ at: new Date(60 - at).toISOString(), id: String(at) },
    }))
    let rests = false
    const list = pagesOf(items, [2])
    const merged = new MergedSources<Item>(
      [(cursor) => (rests ? Promise.reject(new Error('it rests')) : list(cursor))],
      3,
    )
    const { nextCursor } = await merged.page(null)
    rests = true
    await expect(merged.page(nextCursor)).rejects.toThrow('it rests')
    rests = false
    const again = await merged.page(nextCursor)
    expect(again.items.map(({ id }) => id)).toEqual(['3', '4', '5'])
    expect(await merged.page(nextCursor)).toEqual(again)
  })
})

const linesOf = () =>
  [...document.querySelectorAll('[role=tabpanel] li')].map((line) => line.textContent ?? '')

describe('the timeline of a contact', () => {
  it('has mail, notes, tasks, stages and meetings in the order of their time', async () => {
    const who = { userId: 'u-bob', name: 'Bob' }
    await using _page = await openConsole((service) => {
      const mail = anEmail({ subject: 'Offer', receivedAt: '2026-11-05T10:00:00.000Z' })
      withCarol([mail])(service)
      const stage = { id: 'lead', name: 'Lead' }
      const history = [{ stage, at: '2026-11-04T10:00:00.000Z', by: who }]
      give(service, `${CAROL}/stage`, { contactId: 'c-carol', stage, history, version: 5 })
      const note = aNote({ text: 'Likes tea.', createdAt: '2026-11-03T10:00:00.000Z' })
      give(service, `${CAROL}/notes`, { notes: [note], nextCursor: null })
      const meeting = {
        ...{ id: 'm-1', subject: 'Kick-off', startsAt: '2026-11-02T10:00:00.000Z' },
        ...{ endsAt: '2026-11-02T11:00:00.000Z', organizer: null, contactIds: [], notes: [] },
        ...{ attendees: [{ name: 'Carol', address: 'c@customer.test' }], loggedBy: [] },
      }
      give(service, `${CAROL}/meetings`, { meetings: [meeting], nextCursor: null })
      const task = aTask({
        ...{ createdAt: '2026-10-01T10:00:00.000Z', doneAt: '2026-11-06T10:00:00.000Z' },
      })
      give(service, '/api/v1/tasks', { tasks: [task], nextCursor: null })
    }, '/contacts/c-carol?tab=timeline')
    await waitFor(() => expect(linesOf()).toHaveLength(6))
    expect(linesOf()).toEqual(
      [/^Task done.*Send the offer/, /^Offer/, /^Stage: Lead.*Bob/, /^Note.*Likes tea\./]
        .concat([/^Meeting.*Kick-off.*Carol/, /^Task added.*Send the offer/])
        .map((pattern) => expect.stringMatching(pattern)),
    )
    expect(
      screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent),
    ).toEqual(['November 2026', 'October 2026'])
  })

  it('never shows what is older above what is still to come', async () => {
    await using page = await openConsole((service) => {
      withCarol(manyEmails(40, '2026-11-20T10:00:00.000Z'))(service)
      const note = aNote({ text: 'Long ago.', createdAt: '2026-01-01T10:00:00.000Z' })
      give(service, `${CAROL}/notes`, { notes: [note], nextCursor: null })
      give(service, '/api/v1/tasks', { tasks: [], nextCursor: null })
    }, '/contacts/c-carol?tab=timeline')
    const more = await screen.findByText('Load more of the timeline')
    expect(screen.queryByText('Long ago.')).toBeNull()
    fireEvent.click(more)
    await screen.findByText('Long ago.')
    expect(linesOf()).toHaveLength(41)
    expect(linesOf().at(-1)).toMatch(/^Note.*Long ago/)
    expect(page.service.requests.filter(({ path }) => path === `${CAROL}/notes`)).toHaveLength(1)
  })

  it('says what it is for where nothing has happened, and tries again where it did not load', async () => {
    await using page = await openConsole((service) => {
      withCarol()(service)
      give(service, '/api/v1/tasks', { tasks: [], nextCursor: null })
      const refused = aProblem(503, 'store-unavailable', 'Rests.')
      service.instead.set(`GET ${CAROL}/notes`, refused)
    }, '/contacts/c-carol?tab=timeline')
    await screen.findByText('The timeline did not load')
    give(page.service, `${CAROL}/notes`, { notes: [], nextCursor: null })
    fireEvent.click(screen.getByText('Try again'))
    expect(await screen.findByText(/Nothing has happened with this contact yet/)).toBeTruthy()
  })
})
