import { Body1, Button, makeStyles, tokens } from '@fluentui/react-components'
import { Prohibited16Regular } from '@fluentui/react-icons/svg/prohibited'
import { useEffect, useRef, useState } from 'react'
import { toFailure } from '../../../../ui/api/api-error.ts'
import type { Failure } from '../../../../ui/api/failure.ts'
import { useAnnounce } from '../../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../../ui/components/problem-bar.tsx'
import type { Pane } from '../../pane/pane.ts'
import { keyOf } from '../../pane/requests.ts'
import type { ShownView } from '../../pane/view.ts'

/** What was stored is taken out by the next pass, a moment later: so long, and so often, the pane looks again. */
const SETTLES_MS = 1_500
const MOST_LOOKS = 6

type Props = { view: ShownView; pane: Pane }

/** A person's word that this conversation stays out of the CRM, of a mailbox that is connected. */
export function ConversationChoice({ view: { look, message }, pane }: Props) {
  const styles = useStyles()
  const announce = useAnnounce()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Failure | null>(null)
  const [looksLeft, setLooksLeft] = useState(0)
  const { state } = look.message
  const isOut =
    look.keptOut ??
    (look.message.state === 'excluded' && look.message.reason === 'conversation-kept-out')
  const isSettled = isOut ? state === 'excluded' : state === 'stored'
  useEffect(() => {
    if (looksLeft === 0 || isSettled) return
    const timer = setTimeout(() => {
      setLooksLeft(looksLeft - 1)
      void pane.refresh()
    }, SETTLES_MS)
    return () => clearTimeout(timer)
  }, [looksLeft, isSettled, pane])

  /** The button that was pressed is gone; the one in its place takes the focus over. */
  const isToReturn = useRef(false)
  const focusBack = (button: HTMLButtonElement | null) => {
    if (!button || !isToReturn.current) return
    isToReturn.current = false
    button.focus()
  }
  const end = () => {
    isToReturn.current = true
    setAsking(false)
  }

  const set = async (keepOut: boolean) => {
    setBusy(true)
    setProblem(null)
    try {
      await pane.ask((crm) => crm.keepOut({ ...keyOf(message), keepOut }))
      end()
      setLooksLeft(MOST_LOOKS)
      announce(keepOut ? 'The conversation is kept out.' : 'The conversation is let in again.')
      await pane.refresh()
    } catch (error) {
      setProblem(toFailure(error))
    } finally {
      setBusy(false)
    }
  }
  if (look.mailbox === 'not-connected') return null
  return (
    <div className={styles.choice}>
      {problem && <ProblemBar title="The conversation was not changed" problem={problem} />}
      {isOut && !isSettled && (
        <Body1>You keep this conversation out. What is in the CRM of it is being taken out.</Body1>
      )}
      {asking && (
        <Body1>
          What your mailbox has brought to the CRM of this conversation is taken out, and what comes
          later stays out. Your colleagues’ copies stay.
        </Body1>
      )}
      <div className={styles.buttons}>
        {!asking && !isOut && (
          <Button
            {...QUIET}
            ref={focusBack}
            className={styles.quiet}
            icon={<Prohibited16Regular />}
            onClick={() => setAsking(true)}
          >
            Keep this conversation out
          </Button>
        )}
        {asking && (
          <>
            <Button
              ref={focusNow}
              size="small"
              disabledFocusable={busy}
              onClick={() => void set(true)}
            >
              Keep it out
            </Button>
            <Button {...QUIET} onClick={() => end()}>
              Cancel
            </Button>
          </>
        )}
        {isOut && (
          <Button
            ref={focusBack}
            size="small"
            disabledFocusable={busy}
            onClick={() => void set(false)}
          >
            Let this conversation in again
          </Button>
        )}
      </div>
    </div>
  )
}

const focusNow = (button: HTMLButtonElement | null) => button?.focus()

const QUIET = { size: 'small', appearance: 'subtle' } as const

const useStyles = makeStyles({
  choice: { display: 'grid', rowGap: tokens.spacingVerticalS },
  quiet: {
    minWidth: 'auto',
    paddingInline: tokens.spacingHorizontalXS,
    marginInlineStart: `calc(-1 * ${tokens.spacingHorizontalXS})`,
  },
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalS,
  },
})
