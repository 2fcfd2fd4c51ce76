import {
  Button,
  MessageBar,
  MessageBarBody,
  makeStyles,
  mergeClasses,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components'
import { useRef, useState } from 'react'
import { RulesApplied } from '../../../models/wire/rules.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useSaving } from '../../../ui/hooks/use-saving.ts'
import { card, plainList } from '../../shell/look.ts'
import type { ConsoleApi } from '../../signed-in-api.ts'
import { isConflict, type OpenRules, type RuleSet, type RuleSource } from '../use-rules.ts'
import { ConfirmDialog } from '../../../ui/components/confirm-dialog.tsx'

export type SaveBarProps<Saved extends RuleSet<object>> = {
  api: ConsoleApi
  source: RuleSource<Saved>
  open: OpenRules<Saved>
  /** What keeps the rules from being saved as they are typed. */
  problems: readonly string[]
}

/** Saves what was typed, and then has it applied to the mail that is there. */
export function SaveBar<Saved extends RuleSet<object>>(props: SaveBarProps<Saved>) {
  const { api, source, open, problems } = props
  const styles = useStyles()
  const { isEdited, isSaved, saving, save, discard, rebaseOnNewest } = open
  const saveButton = useRef<HTMLButtonElement>(null)
  const [applied, setApplied] = useState({ version: -1, words: '' })
  const told = applied.version === open.set.version ? applied.words : null
  /** For what takes the button away that was pressed. */
  const thenFocusSave = (act: () => void) => () => {
    act()
    saveButton.current?.focus()
  }
  const busy = saving === 'saving'
  const isWanted = isEdited || isSaved
  return (
    <div
      className={mergeClasses(styles.bar, isWanted && styles.wanted)}
      role="group"
      aria-label="Save"
    >
      <Trouble {...props} onLoadTheirs={thenFocusSave(rebaseOnNewest)} />
      {(isSaved || told !== null) && !isEdited && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>
            {told ??
              'Saved. New mail is decided by these rules. Mail that is there already stays as it is until you apply them to it.'}
          </MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.buttons}>
        <Button
          ref={(button: HTMLButtonElement | null) => void (saveButton.current = button)}
          appearance="primary"
          disabledFocusable={!isEdited || busy || problems.length > 0}
          onClick={save}
        >
          {busy ? 'Saving…' : 'Save'}
        </Button>
        {isEdited ? (
          <Button disabledFocusable={busy} onClick={thenFocusSave(discard)}>
            Discard changes
          </Button>
        ) : (
          <Apply
            api={api}
            source={source}
            onApplied={(words) => setApplied({ version: open.set.version, words })}
          />
        )}
        <span className={styles.quiet}>{isEdited ? 'Not saved yet.' : 'Everything is saved.'}</span>
      </div>
    </div>
  )
}

/** Why it cannot be saved, or was not. */
function Trouble<Saved extends RuleSet<object>>(
  props: SaveBarProps<Saved> & { onLoadTheirs: () => void },
) {
  const { open, problems, onLoadTheirs } = props
  const styles = useStyles()
  const { saving, save, isEdited } = open
  const failure = typeof saving === 'object' && isEdited ? saving : null
  if (failure && isConflict(failure))
    return (
      <ProblemBar
        title="Somebody changed these rules meanwhile"
        problem={{ ...failure, detail: 'Load theirs: what you typed is put on top of it.' }}
        action={
          <Button size="small" onClick={onLoadTheirs}>
            Load theirs
          </Button>
        }
      />
    )
  return (
    <>
      {failure && <ProblemBar title="The rules were not saved" problem={failure} onRetry={save} />}
      {failure?.fields?.length ? (
        <ul className={styles.problems} aria-label="What is wrong">
          {failure.fields.map(({ path, message }) => (
            <li key={path}>
              {path.replace(/^rules\./, '')}: {message}
            </li>
          ))}
        </ul>
      ) : null}
      {problems.map((problem) => (
        <p key={problem} className={styles.problem}>
          {problem}
        </p>
      ))}
    </>
  )
}

type ApplyProps<Saved extends RuleSet<object>> = Pick<SaveBarProps<Saved>, 'api' | 'source'> & {
  /** In words, how much is read again. */
  onApplied: (words: string) => void
}

/** Has the saved rules decide anew on the mail that is there, when somebody has confirmed it. */
function Apply<Saved extends RuleSet<object>>({ api, source, onApplied }: ApplyProps<Saved>) {
  const focusTarget = useRestoreFocusTarget()
  const announce = useAnnounce()
  const { saving, save } = useSaving()
  const [asking, setAsking] = useState(false)
  const apply = () =>
    save(api.send('POST', `${source.path}/apply`, undefined, RulesApplied), ({ mailboxes }) => {
      const words = `${mailboxes === 1 ? 'The mailbox is' : `${mailboxes} mailboxes are`} read again, by these rules.`
      onApplied(words)
      announce(words)
      setAsking(false)
    })
  return (
    <>
      <Button {...focusTarget} onClick={() => setAsking(true)}>
        Apply to the mail that is there
      </Button>
      {asking && (
        <ConfirmDialog
          title="Apply the rules to the mail that is there?"
          confirm="Apply"
          doing={saving}
          failed="The rules were not applied"
          onConfirm={apply}
          onClose={() => setAsking(false)}
        >
          <p>
            Every watched folder is read again. Mail that the rules leave out is taken out of the
            CRM, and mail that they let in is brought. Nothing changes in the mailbox itself. “Try
            these rules” tells beforehand what that would be.
          </p>
        </ConfirmDialog>
      )}
    </>
  )
}

const useStyles = makeStyles({
  bar: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    rowGap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalM,
    ...card,
  },
  // In sight wherever the reader types; else it would only take room away, on a phone most of all.
  wanted: { position: 'sticky', insetBlockEnd: 0, zIndex: 1, boxShadow: tokens.shadow16 },
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
  },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  problems: { ...plainList, color: tokens.colorStatusDangerForeground1 },
  problem: { margin: 0, color: tokens.colorStatusDangerForeground1 },
})
