import {
  Button,
  Field,
  MessageBar,
  MessageBarBody,
  Select,
  Spinner,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { useState } from 'react'
import type { Mailbox } from '../../../models/wire/mailbox.ts'
import type { DryRunRequest } from '../../../models/wire/rules.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import type { ConsoleApi } from '../../signed-in-api.ts'
import { Section } from '../../shell/section.tsx'
import { same } from '../rebase.ts'
import { TryResult } from './try-result.tsx'
import { useTry } from './use-try.ts'

export type TryPanelProps = {
  api: ConsoleApi
  /** On whose mail they can be tried. */
  mailboxes: readonly Mailbox[]
  /** The rules as they are typed. */
  rules: Pick<DryRunRequest, 'rules' | 'workspaceRules'>
  /** They cannot be tried as they are typed. */
  isWrong: boolean
}

const NUMBERS = [50, 200, 1_000] as const

/** What the rules would do to the mail that is there, before anybody saves them. */
export function TryPanel({ api, mailboxes, rules, isWrong }: TryPanelProps) {
  const styles = useStyles()
  const [newest, setNewest] = useState(200)
  const [chosenId, setChosenId] = useState(mailboxes[0]?.id ?? '')
  const { state, ask } = useTry(api)
  const body = { ...rules, newest }
  const isLooking = state.status === 'looking'
  const isStale = state.status === 'told' && !same({ ...state.asked.body, newest }, body)
  if (mailboxes.length === 0)
    return (
      <Section title="Try these rules">
        <p className={styles.text}>Connect a mailbox to try the rules on its mail.</p>
      </Section>
    )
  return (
    <Section title="Try these rules" intro="Nothing is changed by that, and nothing saved.">
      {mailboxes.length > 1 && (
        <Field label="On the mail of">
          <Select value={chosenId} onChange={(_event, { value }) => setChosenId(value)}>
            {mailboxes.map(({ id, address }) => (
              <option key={id} value={id}>
                {address}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <div className={styles.ask}>
        <Field label="How much mail">
          <Select value={newest} onChange={(_event, { value }) => setNewest(Number(value))}>
            {NUMBERS.map((number) => (
              <option key={number} value={number}>
                The last {number.toLocaleString()}
              </option>
            ))}
          </Select>
        </Field>
        <Button
          disabledFocusable={isLooking || isWrong}
          onClick={() => ask({ mailboxId: chosenId, body })}
        >
          {`Try on the last ${newest.toLocaleString()}`}
        </Button>
      </div>
      {isStale && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody role="status">
            The rules were changed since. What you see below is of before: try again.
          </MessageBarBody>
        </MessageBar>
      )}
      {isLooking && (
        <Spinner
          label={`Looking at the last ${state.asked.body.newest.toLocaleString()} mails`}
          labelPosition="below"
        />
      )}
      {state.status === 'failed' && (
        <ProblemBar
          title="The rules could not be tried"
          problem={state.error}
          onRetry={() => ask(state.asked)}
        />
      )}
      {state.status === 'told' && (
        <div className={isStale ? styles.stale : undefined}>
          <TryResult
            told={state.told}
            address={mailboxes.find(({ id }) => id === state.asked.mailboxId)?.address ?? ''}
          />
        </div>
      )}
    </Section>
  )
}

const useStyles = makeStyles({
  text: { margin: 0 },
  ask: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'end',
    gap: tokens.spacingHorizontalS,
    '& .fui-Select': { minWidth: 0 },
  },
  stale: {
    borderLeft: `${tokens.strokeWidthThickest} solid ${tokens.colorStatusWarningBorder1}`,
    paddingInlineStart: tokens.spacingHorizontalM,
  },
})
