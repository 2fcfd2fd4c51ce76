import { Body1, Body1Strong, Caption1, makeStyles, tokens } from '@fluentui/react-components'
import { Circle20Regular } from '@fluentui/react-icons/svg/circle'
import { Clock20Regular } from '@fluentui/react-icons/svg/clock'
import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle'
import { Prohibited20Regular } from '@fluentui/react-icons/svg/prohibited'
import type { Look } from '../../../../models/wire/pane/look.ts'
import { When } from '../../language/when.tsx'
import type { LeftOutState, ShownView } from '../../pane/view.ts'
import type { Pane } from '../../pane/pane.ts'
import type { LogChoices } from '../../pane/requests.ts'
import { Card } from '../card.tsx'
import { Stored } from '../stored.tsx'
import { LogForm } from '../log/log-form.tsx'
import { ConversationChoice } from './conversation-choice.tsx'
import { Why } from './why.tsx'

/** What became of the message, in words; and logging it, where that is possible. */
export function StateCard({ view, pane }: { view: ShownView; pane: Pane }) {
  const { look, message, justLogged } = view
  const state = look.message
  const logging = view.doing === 'logging'
  const handleLog = (choices?: LogChoices) => void pane.log(choices)
  const isStored = state.state === 'stored'
  const canLog = state.state === 'not-logged' || (!isStored && state.canLog)
  return (
    <Card label="In the CRM">
      {isStored && (
        <Stored {...{ message, justLogged, logging }} status={state} onLog={() => handleLog()} />
      )}
      {state.state === 'not-logged' && <NotLogged mailbox={look.mailbox} />}
      {!isStored && state.state !== 'not-logged' && <LeftOut state={state} />}
      {canLog && (
        <LogForm {...{ look, logging, pane }} attachments={message.attachments} onLog={handleLog} />
      )}
      <Why view={view} pane={pane} />
      <ConversationChoice view={view} pane={pane} />
    </Card>
  )
}

/** Why it has not come by itself, where that is known. */
const BY_ITSELF: Record<Look['mailbox'], string | null> = {
  connected: null,
  paused: 'This mailbox is paused, so nothing is logged by itself.',
  'needs-attention':
    'This mailbox must be connected again. Until then nothing is logged by itself.',
  'not-connected': 'You have not connected this mailbox.',
}

function NotLogged({ mailbox }: Pick<Look, 'mailbox'>) {
  const styles = useStyles()
  const why = BY_ITSELF[mailbox]
  return (
    <div className={styles.state}>
      <Circle20Regular className={styles.mark} aria-hidden />
      <Body1Strong>Not in the CRM yet.</Body1Strong>
      {why && <Caption1 className={styles.more}>{why}</Caption1>}
    </div>
  )
}

const TITLES: Record<LeftOutState['state'], string> = {
  pending: 'On its way to the CRM',
  excluded: 'Kept out of the CRM',
  failed: 'Could not be stored',
  gone: 'Not in the CRM',
}
const MARKS = {
  pending: Clock20Regular,
  excluded: Prohibited20Regular,
  failed: ErrorCircle20Regular,
  gone: Circle20Regular,
}

function LeftOut({ state }: { state: LeftOutState }) {
  const styles = useStyles()
  const Mark = MARKS[state.state]
  return (
    <div className={styles.state}>
      <Mark className={styles.mark} aria-hidden />
      <Body1Strong>{TITLES[state.state]}</Body1Strong>
      <Body1 className={styles.more}>{state.sentence}</Body1>
      <Caption1 className={styles.more}>
        Since <When iso={state.since} />.{' '}
        {state.retryAt && (
          <>
            Tried again by itself: <When iso={state.retryAt} />.
          </>
        )}
      </Caption1>
    </div>
  )
}

const useStyles = makeStyles({
  state: {
    display: 'grid',
    gridTemplateColumns: 'auto 1fr',
    columnGap: tokens.spacingHorizontalS,
    rowGap: tokens.spacingVerticalXXS,
  },
  mark: { color: tokens.colorNeutralForeground2 },
  more: { gridColumnStart: 2, color: tokens.colorNeutralForeground2 },
})
