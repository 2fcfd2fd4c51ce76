import { useEffect, useRef, useState } from 'react'
import {
  ImportPreview,
  ImportProgress,
  ImportResult,
} from '../../../models/wire/contacts/contact-import.ts'
import { toFailure } from '../../../ui/api/api-error.ts'
import type { Failure } from '../../../ui/api/failure.ts'
import type { ConsoleApi } from '../../signed-in-api.ts'

const PATH = '/api/v1/contacts/import'
const ASK_EVERY_MS = 500

export type ImportStep =
  | { at: 'choosing'; failure: Failure | null }
  | { at: 'looking'; fileName: string }
  | { at: 'previewed'; fileName: string; preview: ImportPreview; failure: Failure | null }
  | { at: 'importing'; fileName: string; preview: ImportPreview; done: number }
  | { at: 'imported'; fileName: string; result: ImportResult }

/** A file on its way to contacts: looked at first, read in when somebody says so. */
export function useImport(api: ConsoleApi, onImported: () => void) {
  const [step, setStep] = useState<ImportStep>({ at: 'choosing', failure: null })
  const bytes = useRef<ArrayBuffer>(new ArrayBuffer(0))
  const isClosed = useClosed()

  const look = async (file: File): Promise<void> => {
    const { name: fileName } = file
    setStep({ at: 'looking', fileName })
    try {
      bytes.current = await bytesOf(file)
      const preview = await api.sendFile(`${PATH}/preview`, csv(bytes.current), ImportPreview)
      setStep({ at: 'previewed', fileName, preview, failure: null })
    } catch (error) {
      setStep({ at: 'choosing', failure: toFailure(error) })
    }
  }
  /** Repeatable: the same file again changes nothing. */
  const run = async (fileName: string, preview: ImportPreview): Promise<void> => {
    const show = (done: number) => setStep({ at: 'importing', fileName, preview, done })
    show(0)
    const watching = new AbortController()
    const shown = watch(api, preview.id, { signal: watching.signal, isClosed, show })
    try {
      const answer = await api.sendFile(PATH, csv(bytes.current), ImportResult)
      // Somebody else reads this very file in: then its end is theirs.
      const result = answer.finishedAt === null ? { ...answer, ...(await shown) } : answer
      setStep({ at: 'imported', fileName, result })
      onImported()
    } catch (error) {
      setStep({ at: 'previewed', fileName, preview, failure: toFailure(error) })
    } finally {
      watching.abort()
    }
  }
  const startAgain = () => setStep({ at: 'choosing', failure: null })
  return { step, look, run, startAgain }
}

type Watch = { signal: AbortSignal; isClosed: () => boolean; show: (done: number) => void }

/** Shows how far it is; resolves with its end. What was left by an earlier import of the same file is no end of this one. */
async function watch(api: ConsoleApi, id: string, { signal, isClosed, show }: Watch) {
  let hasBegun = false
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
    if (signal.aborted || isClosed()) return {}
    const path = `${PATH}/${encodeURIComponent(id)}`
    const progress = await api.get(path, ImportProgress).catch(() => null) // the import itself tells what is wrong
    if (!progress || signal.aborted) continue
    if (progress.finishedAt === null) {
      hasBegun = true
      show(progress.done)
    } else if (hasBegun) return progress
  }
}

function useClosed(): () => boolean {
  const closed = useRef(false)
  useEffect(() => {
    closed.current = false
    return () => void (closed.current = true)
  }, [])
  return () => closed.current
}

const csv = (bytes: ArrayBuffer) => ({ type: 'text/csv', bytes })

const bytesOf = (file: File): Promise<ArrayBuffer> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result as ArrayBuffer)
    reader.onerror = () => reject(reader.error ?? new Error('the file cannot be read'))
    reader.readAsArrayBuffer(file)
  })
