import { useEffect, useRef } from 'react'
import { ErasureList, type Erasure } from '../../../models/wire/people/erasure.ts'
import type { Api } from '../../../ui/api/client.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'

const LOOK_EVERY_MS = 3_000

/** All erasures, the latest first; while one is under way they are looked at again and again. */
export function useErasures(api: Api) {
  const announce = useAnnounce()
  const { state, reload, update } = useLoadable(async () => {
    const { erasures } = await api.get('/api/v1/people/erasures', ErasureList)
    return erasures
  }, [api])
  const underWay = state.status === 'ready' ? state.value.filter(isUnderWay) : []
  const isAny = underWay.length > 0
  useEffect(() => {
    if (!isAny) return
    const timer = setInterval(reload, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [isAny, reload])

  const before = useRef(0)
  useEffect(() => {
    if (state.status !== 'ready') return
    if (underWay.length < before.current) announce('The erasure is done. Its report is there.')
    before.current = underWay.length
  }, [state, underWay.length, announce])

  /** One that was just begun; asked for twice it is still one. */
  const add = (begun: Erasure) =>
    update((all) => [begun, ...all.filter(({ id }) => id !== begun.id)])
  return { state, reload, add }
}

const isUnderWay = ({ state }: Erasure): boolean => state !== 'done'
