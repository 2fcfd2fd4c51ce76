import { useState } from 'react'
import { Lifted } from '../../../models/wire/people/erasure.ts'
import { toFailure } from '../../../ui/api/api-error.ts'
import type { Failure } from '../../../ui/api/failure.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import type { Visit } from '../../visit.ts'
import { exportPerson } from './export-person.ts'
import type { Person } from './person.ts'

type Deed = 'export' | 'lift'
type Problem = { title: string; why: Failure }

/** What is done for a person at once, one thing at a time; what came of it is said, and shown in `done`. */
export function usePersonDeeds(visit: Visit, { subject }: Person) {
  const announce = useAnnounce()
  const [doing, setDoing] = useState<Deed | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)

  const run = (deed: Deed, title: string, work: () => Promise<string>) => {
    if (doing !== null) return
    setDoing(deed)
    setDone(null)
    setProblem(null)
    work()
      .then(
        (words) => {
          setDone(words)
          announce(words)
        },
        (error: unknown) => setProblem({ title, why: toFailure(error) }),
      )
      .finally(() => setDoing(null))
  }
  const exportArchive = () =>
    run('export', 'Nothing was exported', async () => {
      await exportPerson(visit, subject)
      return 'The archive is in your downloads.'
    })
  const letIn = () =>
    run('lift', 'They were not let in again', async () => {
      const { lifted } = await visit.api.send('POST', '/api/v1/people/lift', subject, Lifted)
      return lifted === 0
        ? 'They were not kept out: nobody of these addresses has been erased.'
        : 'From now on new mail of theirs is stored again.'
    })
  return { doing, done, problem, exportArchive, letIn }
}
