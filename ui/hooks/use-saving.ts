import { useState } from 'react'
import { toFailure } from '../api/api-error.ts'
import type { Failure } from '../api/failure.ts'

export type SavingStatus = 'idle' | 'saving' | Failure

/** One change at a time: how far it is, and what came of it. */
export function useSaving() {
  const [saving, setSaving] = useState<SavingStatus>('idle')
  const save = <T>(change: Promise<T>, onSaved: (saved: T) => void): void => {
    setSaving('saving')
    change.then(
      (saved) => {
        setSaving('idle')
        onSaved(saved)
      },
      (error: unknown) => setSaving(toFailure(error)),
    )
  }
  return { saving, save }
}
