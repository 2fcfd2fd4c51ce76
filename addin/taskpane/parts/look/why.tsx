import {
  Body1,
  Body1Strong,
  Button,
  Caption1,
  makeStyles,
  Spinner,
  tokens,
} from '@fluentui/react-components'
import { ChevronDown16Regular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronRight16Regular } from '@fluentui/react-icons/svg/chevron-right'
import { useEffect, useState } from 'react'
import type { Explanation } from '../../../../models/wire/explain.ts'
import { useAnnounce } from '../../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../../../ui/hooks/use-loadable.ts'
import { useNow } from '../../../../ui/hooks/use-now.ts'
import { mailTime } from '../../../../ui/mail-time.ts'
import type { Pane } from '../../pane/pane.ts'
import { keyOf } from '../../pane/requests.ts'
import type { ShownView } from '../../pane/view.ts'

/** The ledger's story of the open message, told where the question comes up. */
export function Why({ view: { look, message }, pane }: { view: ShownView; pane: Pane }) {
  const styles = useStyles()
  const [open, setOpen] = useState(false)
  const isHere = look.message.state === 'stored'
  return (
    <div className={styles.why}>
      <Button
        size="small"
        appearance="subtle"
        className={styles.ask}
        icon={open ? <ChevronDown16Regular /> : <ChevronRight16Regular className={styles.arrow} />}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {isHere ? 'Why is it here?' : 'Why is it not here?'}
      </Button>
      {open && (
        <div className={styles.story}>
          {look.mailbox === 'not-connected' ? (
            <Body1>
              FlowCRM can tell this for mailboxes that you have connected. Connect this one in the
              FlowCRM console, and its mail is logged by itself.
            </Body1>
          ) : (
            <Story load={() => pane.ask((crm) => crm.explain(keyOf(message)))} />
          )}
        </div>
      )}
    </div>
  )
}

function Story({ load }: { load: () => Promise<Explanation> }) {
  const styles = useStyles()
  const announce = useAnnounce()
  const { state, reload } = useLoadable(load, [])
  const told = state.status === 'ready' ? state.value.summary : null
  useEffect(() => {
    if (told) announce(told)
  }, [told, announce])
  if (state.status === 'loading') return <Spinner size="tiny" label="Looking it up" />
  if (state.status === 'failed')
    return <ProblemBar title="It could not be explained" problem={state.error} onRetry={reload} />
  const { summary, trouble, accounts, found } = state.value
  const [first] = accounts
  const isHere = first?.state === 'stored' // then nothing has to change
  const change = isHere ? null : (first?.change ?? found[0]?.change ?? trouble?.todo)
  return (
    <>
      <Body1>{summary}</Body1>
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
  const { short, full } = mailTime(at, useNow())
  return (
    <Caption1>
      <time dateTime={at} title={full} className={styles.when}>
        {short}
      </time>{' '}
      {sentence}
    </Caption1>
  )
}

const useStyles = makeStyles({
  why: { display: 'grid', justifyItems: 'start', rowGap: tokens.spacingVerticalS },
  ask: { marginInlineStart: `calc(-1 * ${tokens.spacingHorizontalS})` },
  // The way on is to the left where text runs to the left.
  arrow: { '[dir=rtl] &': { transform: 'scaleX(-1)' } },
  story: { display: 'grid', rowGap: tokens.spacingVerticalS, overflowWrap: 'anywhere' },
  history: { display: 'grid', margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
  when: { color: tokens.colorNeutralForeground3 },
})
