import { Button } from '@fluentui/react-components'
import { Mail16Regular } from '@fluentui/react-icons/svg/mail'
import { MailRead16Regular } from '@fluentui/react-icons/svg/mail-read'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useReadState, type Markable } from './use-read-state.ts'

/** The key that does the same, as mail clients have it. */
export const READ_STATE_KEY = 'u'

/** Marks one's own copy as unread, or as read again; that goes back to the mailbox. */
export function ReadStateButton(props: Markable) {
  const { isRead, saving, toggle } = useReadState(props)
  const word = isRead ? 'unread' : 'read'
  const hasKey = props.toggleRef !== undefined
  return (
    <>
      <Button
        icon={isRead ? <Mail16Regular /> : <MailRead16Regular />}
        disabledFocusable={saving === 'saving'}
        {...(hasKey && { 'aria-keyshortcuts': READ_STATE_KEY, title: `Mark as ${word} (u)` })}
        onClick={toggle}
      >
        Mark as {word}
      </Button>
      {typeof saving === 'object' && (
        <ProblemBar
          title={`The mail was not marked as ${word}`}
          problem={saving}
          onRetry={toggle}
        />
      )}
    </>
  )
}
