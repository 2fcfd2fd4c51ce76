import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  Spinner,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { ArrowSwap20Regular } from '@fluentui/react-icons/svg/arrow-swap'
import { useState } from 'react'
import { Contact } from '../../models/wire/contacts/contact.ts'
import { Merge, MergePreview } from '../../models/wire/contacts/upkeep.ts'
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
  const styles = useStyles()
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
    <Dialog open onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>Merge two contacts</DialogTitle>
          <DialogContent className={styles.content}>
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
              <ProblemBar
                title="They could not be compared"
                problem={state.error}
                onRetry={reload}
              />
            )}
            {state.status === 'ready' && <MergeTable {...state.value} />}
          </DialogContent>
          <DialogActions>
            <Button
              icon={<ArrowSwap20Regular />}
              disabledFocusable={isSaving}
              onClick={() => setSwapped(!swapped)}
            >
              Keep the other one
            </Button>
            <DialogTrigger disableButtonEnhancement>
              <Button>Cancel</Button>
            </DialogTrigger>
            <Button
              appearance="primary"
              disabledFocusable={isSaving || state.status !== 'ready'}
              onClick={() => state.status === 'ready' && !isSaving && merge(state.value.preview)}
            >
              {isSaving ? 'Merging…' : 'Merge'}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

const useStyles = makeStyles({
  surface: { maxWidth: 'min(56rem, 96vw)' },
  content: { display: 'grid', alignContent: 'start', rowGap: tokens.spacingVerticalM },
})
