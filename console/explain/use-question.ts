import { useRef, useState } from 'react'
import type { Explanation } from '../../models/wire/explain.ts'
import type { Mailbox } from '../../models/wire/mailbox.ts'
import { toFailure } from '../../ui/api/api-error.ts'
import type { Api } from '../../ui/api/client.ts'
import type { Failure } from '../../ui/api/failure.ts'
import type { Asked } from './question-form.tsx'
import { explain } from './story-of-email.ts'

export type QuestionState =
  | { status: 'idle' | 'asking' }
  | { status: 'failed'; error: Failure; again: () => void }
  | { status: 'told'; mailbox: Mailbox; explanation: Explanation }

/** Asks the service; only the answer to the latest question counts. */
export function useQuestion(api: Api) {
  const [state, setState] = useState<QuestionState>({ status: 'idle' })
  const latest = useRef<Asked>(undefined)
  const ask = (asked: Asked) => {
    latest.current = asked
    const settle = (next: QuestionState) => latest.current === asked && setState(next)
    setState({ status: 'asking' })
    explain(api, asked.mailbox, asked.question).then(
      (explanation) => settle({ status: 'told', mailbox: asked.mailbox, explanation }),
      (error: unknown) =>
        settle({ status: 'failed', error: toFailure(error), again: () => ask(asked) }),
    )
  }
  return { state, ask }
}
