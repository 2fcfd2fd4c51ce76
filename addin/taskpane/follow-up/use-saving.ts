import { useState } from 'react'
import { toFailure } from '../../../ui/api/api-error.ts'
import type { Failure } from '../../../ui/api/failure.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import type { Crm } from '../pane/crm.ts'
import type { Pane } from '../pane/pane.ts'

export type Saving = {
  busy: boolean
  problem: Failure | null
  /** Asks for a change, says so aloud, and shows what is there then. True: it was made. */
  save: (words: string, change: (crm: Crm) => Promise<unknown>) => Promise<boolean>
}

/** One change at a time. What somebody else changed meanwhile is shown anew, so that it can be tried again. */
export function useSaving(pane: Pane, refresh: () => Promise<void>): Saving {
  const announce = useAnnounce()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Failure | null>(null)
  const save: Saving['save'] = async (words, change) => {
    setBusy(true)
    setProblem(null)
    try {
      await pane.ask(change)
      announce(words)
      await refresh()
      return true
    } catch (error) {
      const failure = toFailure(error)
      setProblem(failure)
      if (failure.code === 'changed-meanwhile') await refresh()
      return false
    } finally {
      setBusy(false)
    }
  }
  return { busy, problem, save }
}
