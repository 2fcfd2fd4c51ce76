import { Button, Spinner } from '@fluentui/react-components'
import { ArrowSwap20Regular } from '@fluentui/react-icons/svg/arrow-swap'
import { useState } from 'react'
import { Contact } from '../../models/wire/contacts/contact.ts'
import { Merge, MergePreview } from '../../models/wire/contacts/upkeep.ts'
import { DialogFrame } from '../../ui/components/dialog-frame.tsx'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../ui/hooks/use-loadable.ts'
import { useSaving } from '../../ui/hooks/use-saving.ts'
import type { ConsoleApi } from '../signed-in-api.ts'
import { MergeTable } from './merge-table.tsx'

export type MergeDialogProps = {
  api: ConsoleApi
  /** The first one is kept, unless the reader says otherwise. */
  contactIds: readonly [string, string]
  onClose: () => void
  onMerged: () => void
}

/** Two contacts side by side with what they would be as one. Merged is only what was shown: its versions go along. */
export function MergeDialog({ api, contactIds, onClose, onMerged }: MergeDialogProps) {
  const [swapped, setSwapped] = useState(false)
  const [first, second] = contactIds
  const [keptId, absorbedId] = swapped ? [second, first] : [first, second]
  const { state, reload } = useLoadable(async () => {
    const contact = (id: string) => api.get(`/api/v1/contacts/${encodeURIComponent(id)}`, Contact)
    const [kept, absorbed, preview] = await Promise.all([
      contact(keptId),
      contact(absorbedId),
      api.send('POST', '/api/v1/merges/preview', { keptId, absorbedId }, MergePreview),
    ])
    return { kept, absorbed, preview }
  }, [api, keptId, absorbedId])
  const { saving, save } = useSaving()
  const isSaving = saving === 'saving'

  const merge = ({ keptVersion, absorbedVersion }: MergePreview) => {
    const asSeen = { keptId, absorbedId, keptVersion, absorbedVersion }
    save(api.send('POST', '/api/v1/merges', asSeen, Merge), onMerged)
  }
  return (
    <DialogFrame
      title="Merge two contacts"
      actionsBefore={
        <Button
          icon={<ArrowSwap20Regular />}
          disabledFocusable={isSaving}
          onClick={() => setSwapped(!swapped)}
        >
          Keep the other one
        </Button>
      }
      actions={
        <Button
          appearance="primary"
          disabledFocusable={isSaving || state.status !== 'ready'}
          onClick={() => state.status === 'ready' && !isSaving && merge(state.value.preview)}
        >
          {isSaving ? 'Merging…' : 'Merge'}
        </Button>
      }
      maxWidth="56rem"
      onClose={onClose}
    >
      {typeof saving === 'object' && (
        <ProblemBar
          title="They were not merged"
          problem={saving}
          action={
            <Button size="small" onClick={reload}>
              Compare again
            </Button>
          }
        />
      )}
      {state.status === 'loading' && <Spinner label="Comparing" />}
      {state.status === 'failed' && (
        <ProblemBar title="They could not be compared" problem={state.error} onRetry={reload} />
      )}
      {state.status === 'ready' && <MergeTable {...state.value} />}
    </DialogFrame>
  )
}
