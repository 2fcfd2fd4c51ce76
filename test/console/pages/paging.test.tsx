/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { act, renderHook, waitFor } from '@testing-library/react'
import { useGathered } from '../../../console/live/use-gathered.ts'
import { usePages } from '../../../console/paging/use-pages.ts'

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
      waitFor(() =>
        expect(result.current.state).toEqual({ status: 'ready', value: { items, nextCursor } }),
      )
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
