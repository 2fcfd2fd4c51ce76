/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it, jest } from '@jest/globals'
import { act, renderHook, waitFor } from '@testing-library/react'
import { useEmailList } from '../../../console/emails/use-email-list.ts'
import { useGathered } from '../../../console/live/use-gathered.ts'
import { usePages } from '../../../console/paging/use-pages.ts'
import type { Api } from '../../../ui/api/client.ts'

/** Pages of two: 1 and 2, 3 and 4, then 5. */
const pageFrom = (cursor: string | null) => {
  const first = Number(cursor ?? 1)
  const items = [first, first + 1].filter((item) => item <= 5)
  return Promise.resolve({ items, nextCursor: first + 2 <= 5 ? String(first + 2) : null })
}

describe('a list that comes page by page', () => {
  const open = () => {
    const asked: (string | null)[] = []
    const load = (cursor: string | null) => {
      asked.push(cursor)
      return pageFrom(cursor)
    }
    const { result, rerender } = renderHook(({ of }) => usePages<number>(load, [of]), {
      initialProps: { of: 'all' },
    })
    const shows = (items: number[], nextCursor: string | null) =>
      waitFor(() => {
        const value = { items, nextCursor }
        expect(result.current.state).toMatchObject({ status: 'ready', value })
      })
    return { asked, result, rerender, shows }
  }

  it('is loaded again as far as it is on show, and from the start when it is another list', async () => {
    const { asked, result, rerender, shows } = open()
    await shows([1, 2], '3')
    act(() => result.current.loadMore())
    await shows([1, 2, 3, 4], '5')
    asked.length = 0
    act(() => result.current.reload())
    await waitFor(() => expect(asked).toEqual([null, '3']))
    await shows([1, 2, 3, 4], '5')
    rerender({ of: 'another' })
    await shows([1, 2], '3')
    expect(asked).toEqual([null, '3', null])
  })
})

describe('a list that mail arrives at', () => {
  /** Four pages of ten rows, `rows` the newest first. */
  const open = async (hasKeys = true) => {
    const service = { rows: Array.from({ length: 60 }, (_, n) => 60 - n), asked: 0, fails: false }
    const load = async (cursor: string | null) => {
      service.asked += 1
      if (service.fails) throw new Error('no answer')
      const rest = service.rows.filter((row) => cursor === null || row < Number(cursor))
      const items = rest.slice(0, 10)
      const nextCursor = rest.length > 10 ? String(items.at(-1)) : null
      return { items, nextCursor, total: service.rows.length }
    }
    const { result, rerender } = renderHook(
      ({ of }) => usePages<number>(load, [of], hasKeys ? String : undefined),
      {
        initialProps: { of: 'all' },
      },
    )
    const items = () =>
      result.current.state.status === 'ready' ? result.current.state.value.items : []
    for (const rows of [10, 20, 30, 40]) {
      await waitFor(() => expect(items()).toHaveLength(rows))
      if (rows < 40) act(() => result.current.loadMore())
    }
    service.asked = 0
    return { service, result, rerender, items }
  }

  it('asks for the first page alone, keeps all that is on show, and goes on where it ended', async () => {
    const { service, result, items } = await open()
    for (const arriving of [61, 62, 63]) {
      service.rows.unshift(arriving)
      act(() => result.current.refresh())
      await waitFor(() => expect(items()[0]).toBe(arriving))
    }
    expect(service.asked).toBe(3)
    expect(items()).toEqual(service.rows.slice(0, 43))
    act(() => result.current.loadMore())
    await waitFor(() => expect(items()).toEqual(service.rows.slice(0, 53)))
    service.asked = 0
    act(() => result.current.reload())
    await waitFor(() => expect(service.asked).toBe(6)) // nothing that was on show is left out
    await waitFor(() => expect(items()).toEqual(service.rows.slice(0, 60)))
  })

  it('asks for all of it when a mail far below has gone, however much comes meanwhile', async () => {
    const { service, result, items } = await open()
    service.rows = service.rows.filter((row) => row !== 25)
    for (const arriving of [61, 62, 63]) {
      service.rows.unshift(arriving)
      act(() => result.current.refresh())
    }
    await waitFor(() => expect(items()[0]).toBe(63), { timeout: 4_000 })
    expect(items()).toEqual(service.rows.slice(0, 40))
    expect(service.asked).toBe(3 + 4)
  })

  it('asks for all of it when the last time was long ago, or its rows have no key', async () => {
    const { service, result, items } = await open()
    const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 6 * 60_000)
    service.rows = [61, ...service.rows.filter((row) => row !== 25 && row !== 26), 0]
    act(() => result.current.refresh())
    await waitFor(() => expect(items()).toEqual(service.rows.slice(0, 40)))
    expect(service.asked).toBe(4)
    now.mockRestore()
    const keyless = await open(false)
    act(() => keyless.result.current.refresh())
    await waitFor(() => expect(keyless.service.asked).toBe(4))
  })

  it('takes no answer for another list, and says when none came', async () => {
    const { service, result, rerender, items } = await open()
    act(() => result.current.refresh())
    rerender({ of: 'others' })
    await waitFor(() => expect(items()).toHaveLength(10))
    await new Promise((settled) => setTimeout(settled, 20))
    expect(result.current.state).toMatchObject({ value: { pages: 1, isStale: false } })
    service.fails = true
    act(() => result.current.refresh())
    await waitFor(() => expect(result.current.state.status).toBe('failed'))
  })
})

describe('the Inbox, where only the service knows what belongs to it', () => {
  it('asks again for what came while it was asking', async () => {
    const answers: (() => void)[] = []
    const page = { emails: [], nextCursor: null, total: 0 }
    const get = () => new Promise((answer) => answers.push(() => answer(page)))
    const api = { get } as unknown as Api
    const { result } = renderHook(() => useEmailList(api, { state: 'unread' }))
    const answer = async () => act(async () => answers.at(-1)!())
    await answer()
    act(() => result.current.noteStored())
    await waitFor(() => expect(answers).toHaveLength(2), { timeout: 3_000 })
    act(() => result.current.noteStored())
    await answer()
    await waitFor(() => expect(answers).toHaveLength(3), { timeout: 3_000 })
    await answer()
    expect(result.current.state).toMatchObject({ status: 'ready', value: { stale: false } })
  })
})

describe('a list that is told of many changes at once', () => {
  it('is asked for once', async () => {
    let times = 0
    const { result } = renderHook(() => useGathered(() => (times += 1), 5))
    for (let call = 0; call < 100; call++) result.current()
    await waitFor(() => expect(times).toBe(1))
    result.current()
    await waitFor(() => expect(times).toBe(2))
  })
})
