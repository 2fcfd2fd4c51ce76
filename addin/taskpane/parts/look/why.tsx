import {
  Body1,
  Body1Strong,
  Caption1,
  makeStyles,
  Spinner,
  tokens,
} from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import type { Explanation } from '../../../../models/wire/explain.ts'
import { useAnnounce } from '../../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../../../ui/hooks/use-loadable.ts'
import { When } from '../../language/when.tsx'
import type { Pane } from '../../pane/pane.ts'
import { keyOf } from '../../pane/requests.ts'
import type { ShownView } from '../../pane/view.ts'
import { Disclosure } from '../disclosure.tsx'

/** The ledger's story of the open message, told where the question comes up. */
export function Why({ view: { look, message }, pane }: { view: ShownView; pane: Pane }) {
  const styles = useStyles()
  const [open, setOpen] = useState(false)
  const isHere = look.message.state === 'stored'
  return (
    <div className={styles.why}>
      <Disclosure isOpen={open} onToggle={() => setOpen(!open)}>
        {isHere ? 'Why is it here?' : 'Why is it not here?'}
      </Disclosure>
      {open && (
        <div className={styles.story}>
          {look.mailbox === 'not-connected' ? (
            <Body1>
              FlowCRM can tell this for mailboxes that you have connected. Connect this one in the
              FlowCRM console, and its mail is logged by itself.
            </Body1>
          ) : (
            <Story isHere={isHere} load={() => pane.ask((crm) => crm.explain(keyOf(message)))} />
          )}
        </div>
      )}
    </div>
  )
}

const BY_HAND = 'A person logged this message from Outlook.'

/** `isHere`: as an e-mail. Its mailbox may have no account of it, when somebody logged it by hand. */
function Story({ isHere, load }: { isHere: boolean; load: () => Promise<Explanation> }) {
  const styles = useStyles()
  const announce = useAnnounce()
  const { state, reload } = useLoadable(load, [])
  const isByHand = isHere && state.status === 'ready' && state.value.accounts.length === 0
  const told = isByHand ? BY_HAND : state.status === 'ready' ? state.value.summary : null
  useEffect(() => {
    if (told) announce(told)
  }, [told, announce])
  if (state.status === 'loading') return <Spinner size="tiny" label="Looking it up" />
  if (state.status === 'failed')
    return <ProblemBar title="It could not be explained" problem={state.error} onRetry={reload} />
  const { trouble, accounts, found } = state.value
  const [first] = accounts
  const isDone = isByHand || first?.state === 'stored' // then nothing has to change
  const change = isDone ? null : (first?.change ?? found[0]?.change ?? trouble?.todo)
  return (
    <>
      <Body1>{told}</Body1>
      {change && (
        <Body1>
          <Body1Strong>What would change it:</Body1Strong> {change}
        </Body1>
      )}
      {accounts.slice(0, 1).map(({ messageId, history }) => (
        <ol key={messageId} className={styles.history} aria-label="What happened">
          {history.map((line, at) => (
            <li key={at}>
              <Line {...line} />
            </li>
          ))}
        </ol>
      ))}
    </>
  )
}

function Line({ at, sentence }: { at: string; sentence: string }) {
  const styles = useStyles()
  return (
    <Caption1>
      <When iso={at} className={styles.when} /> {sentence}
    </Caption1>
  )
}

const useStyles = makeStyles({
  why: { display: 'grid', justifyItems: 'start', rowGap: tokens.spacingVerticalS },
  story: { display: 'grid', rowGap: tokens.spacingVerticalS, overflowWrap: 'anywhere' },
  history: { display: 'grid', margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
  when: { color: tokens.colorNeutralForeground3 },
})
