import { useRef, useState } from 'react'
import { DryRun, type DryRunRequest } from '../../../models/wire/rules.ts'
import { toFailure } from '../../../ui/api/api-error.ts'
import type { Api } from '../../../ui/api/client.ts'
import type { Failure } from '../../../ui/api/failure.ts'

/** Rules that are tried: on which mailbox, and how. */
export type Asked = { mailboxId: string; body: Partial<DryRunRequest> & { newest: number } }

export type TryState =
  | { status: 'idle' }
  | { status: 'looking'; asked: Asked }
  | { status: 'failed'; asked: Asked; error: Failure }
  | { status: 'told'; asked: Asked; told: DryRun }

/** Asks the service what rules would do; only the answer to the latest question counts. */
export function useTry(api: Api): { state: TryState; ask: (asked: Asked) => void } {
  const [state, setState] = useState<TryState>({ status: 'idle' })
  const latest = useRef<Asked>(undefined)
  const ask = (asked: Asked) => {
    latest.current = asked
    const settle = (next: TryState) => latest.current === asked && setState(next)
    setState({ status: 'looking', asked })
    const path = `/api/v1/mailboxes/${encodeURIComponent(asked.mailboxId)}/rules/dry-run`
    api.send('POST', path, asked.body, DryRun).then(
      (told) => settle({ status: 'told', asked, told }),
      (error: unknown) => settle({ status: 'failed', asked, error: toFailure(error) }),
    )
  }
  return { state, ask }
}
