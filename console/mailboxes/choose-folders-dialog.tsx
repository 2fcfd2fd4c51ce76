import { Button, Skeleton, SkeletonItem, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { FolderChoices, Mailbox } from '../../models/wire/mailbox.ts'
import type { Api } from '../../ui/api/client.ts'
import { DialogFrame } from '../../ui/components/dialog-frame.tsx'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../ui/hooks/use-loadable.ts'
import { useSaving } from '../../ui/hooks/use-saving.ts'
import { FolderCheckboxes } from './folder-checkboxes.tsx'
import { folderTree, foldersPath, tickedAtFirst } from './folder-tree.ts'

export type ChooseFoldersDialogProps = {
  api: Api
  mailbox: Mailbox
  onClose: () => void
  /** The mailbox as it is after the choice. */
  onChosen: (mailbox: Mailbox) => void
}

/** Which folders of one mailbox are watched. Mounted while it is open. */
export function ChooseFoldersDialog(props: ChooseFoldersDialogProps) {
  const { api, mailbox, onClose, onChosen } = props
  const styles = useStyles()
  const path = foldersPath(mailbox)
  const { state, reload } = useLoadable(() => api.get(path, FolderChoices), [api, path])
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null)
  const ticked = chosen ?? (state.status === 'ready' ? tickedAtFirst(state.value.folders) : NONE)
  const { saving, save } = useSaving()
  const handleSave = () =>
    save(api.send('PUT', path, { watched: [...ticked] }, Mailbox), (saved) => {
      onChosen(saved)
      onClose()
    })
  return (
    <DialogFrame
      title={`Choose folders of ${mailbox.address}`}
      content={{ className: styles.content }}
      actions={
        <SaveButton
          count={ticked.size}
          mayStop={state.status === 'ready' && mailbox.folders.length > 0}
          saving={saving === 'saving'}
          onSave={handleSave}
        />
      }
      onClose={onClose}
    >
      <p className={styles.hint}>
        Mail in these folders goes to the CRM, old and new. Sub-folders are chosen one by one.
      </p>
      {typeof saving === 'object' && (
        <ProblemBar title="Your choice was not saved" problem={saving} onRetry={handleSave} />
      )}
      {state.status === 'loading' && <FoldersSkeleton />}
      {state.status === 'failed' && (
        <ProblemBar title="The folders did not load" problem={state.error} onRetry={reload} />
      )}
      {state.status === 'ready' && (
        <FolderCheckboxes
          nodes={folderTree(state.value.folders)}
          ticked={ticked}
          onTick={(id, isTicked) => setChosen(withTick(ticked, id, isTicked))}
          label="Folders"
        />
      )}
    </DialogFrame>
  )
}

type SaveButtonProps = { count: number; mayStop: boolean; saving: boolean; onSave: () => void }

function SaveButton({ count, mayStop, saving, onSave }: SaveButtonProps) {
  const stops = count === 0 && mayStop
  return (
    <Button
      appearance="primary"
      disabledFocusable={saving || (count === 0 && !mayStop)}
      onClick={onSave}
    >
      {saving ? 'Saving…' : stops ? 'Stop watching' : watchWords(count)}
    </Button>
  )
}

function FoldersSkeleton() {
  const styles = useStyles()
  return (
    <Skeleton aria-label="Loading folders" className={styles.bones}>
      {['40%', '55%', '35%', '50%', '45%'].map((width) => (
        <SkeletonItem key={width} size={20} style={{ width }} />
      ))}
    </Skeleton>
  )
}

function withTick(ticked: ReadonlySet<string>, id: string, isTicked: boolean): Set<string> {
  const next = new Set(ticked)
  if (isTicked) next.add(id)
  else next.delete(id)
  return next
}

const NONE: ReadonlySet<string> = new Set()

const watchWords = (count: number) => `Watch ${count} ${count === 1 ? 'folder' : 'folders'}`

const useStyles = makeStyles({
  content: { rowGap: tokens.spacingVerticalS },
  hint: { color: tokens.colorNeutralForeground2 },
  bones: {
    display: 'grid',
    rowGap: tokens.spacingVerticalM,
    paddingBlock: tokens.spacingVerticalS,
  },
})
