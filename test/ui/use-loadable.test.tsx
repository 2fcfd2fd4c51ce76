/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { act, renderHook } from '@testing-library/react'
import { ApiError } from '../../ui/api/api-error.ts'
import { useLoadable } from '../../ui/hooks/use-loadable.ts'

/** A load that ends when the test says so. */
function loads() {
  const waiting: { resolve: (value: string) => void; reject: (error: unknown) => void }[] = []
  const load = () => new Promise<string>((resolve, reject) => waiting.push({ resolve, reject }))
  const end = (index: number, value: string) => act(async () => waiting[index]!.resolve(value))
  const fail = (index: number, error: unknown) => act(async () => waiting[index]!.reject(error))
  return { load, end, fail }
}

describe('something that is loaded', () => {
  it('is loading, then ready, and stays on show while it is loaded again', async () => {
    const { load, end } = loads()
    const { result } = renderHook(() => useLoadable(load, []))
    expect(result.current.state).toEqual({ status: 'loading' })
    await end(0, 'one')
    act(() => result.current.reload())
    expect(result.current.state).toEqual({ status: 'ready', value: 'one' })
    await end(1, 'two')
    expect(result.current.state).toEqual({ status: 'ready', value: 'two' })
  })

  it('shows the latest load only, whichever ends last', async () => {
    const { load, end } = loads()
    const { result, rerender } = renderHook(({ key }) => useLoadable(load, [key]), {
      initialProps: { key: 'alice' },
    })
    rerender({ key: 'bob' })
    await end(1, 'of bob')
    await end(0, 'of alice')
    expect(result.current.state).toEqual({ status: 'ready', value: 'of bob' })
  })

  it('keeps a change that was made while an older answer was on its way', async () => {
    const { load, end } = loads()
    const { result } = renderHook(() => useLoadable(load, []))
    await end(0, 'mail')
    act(() => result.current.reload())
    act(() => result.current.update((value) => value.replace(/!?$/, '!')))
    expect(result.current.state).toEqual({ status: 'ready', value: 'mail!' })
    await end(1, 'more mail')
    expect(result.current.state).toEqual({ status: 'ready', value: 'more mail!' })
  })

  it('lets a replaced value stand against a load on its way', async () => {
    const { load, end } = loads()
    const { result } = renderHook(() => useLoadable(load, []))
    act(() => result.current.replace('stored'))
    await end(0, 'not logged')
    expect(result.current.state).toEqual({ status: 'ready', value: 'stored' })
  })

  it('fails with words for people, whatever was thrown, and loads again on request', async () => {
    const { load, end, fail } = loads()
    const { result } = renderHook(() => useLoadable(load, []))
    await fail(0, new TypeError('x is not a function'))
    expect(result.current.state).toMatchObject({
      status: 'failed',
      error: { code: 'unexpected', detail: expect.stringContaining('Reload') },
    })
    act(() => result.current.reload())
    expect(result.current.state).toEqual({ status: 'loading' })
    await fail(1, new ApiError({ code: 'network', detail: 'Nobody answered.' }))
    expect(result.current.state).toMatchObject({ status: 'failed', error: { code: 'network' } })
    act(() => result.current.reload())
    await end(2, 'mail')
    expect(result.current.state).toEqual({ status: 'ready', value: 'mail' })
  })
})
