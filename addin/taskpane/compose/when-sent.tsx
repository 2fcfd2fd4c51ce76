import {
  Body1,
  Body1Strong,
  Caption1,
  Checkbox,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { useEffect } from 'react'
import type { Choice, Compose } from '../../../models/wire/pane/compose.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { Section } from '../parts/section.tsx'
import { fateOf, whyNoChoice } from './words.ts'

export type WhenSentProps = {
  told: Compose
  choice: Choice
  saving: boolean
  isSaved: boolean
  canCarry: boolean
  tellsPrivacy: boolean
  onChoose: (change: Partial<Choice>) => void
}

/** Said beforehand: whether it will be logged, why not, and what the person can choose. */
export function WhenSent(props: WhenSentProps) {
  const { told, choice, saving, isSaved, canCarry, tellsPrivacy, onChoose } = props
  const styles = useStyles()
  const announce = useAnnounce()
  const { headline, why, change } = fateOf(told, choice)
  useEffect(() => announce(why ? `${headline} ${why}` : headline), [headline, why, announce])
  const hindrance = whyNoChoice(told, canCarry)
  const isChosen = choice.log || choice.track
  return (
    <Section title="When it is sent">
      <div className={styles.fate}>
        <Body1Strong>{headline}</Body1Strong>
        {why && <Body1>{why}</Body1>}
        {change && <Caption1 className={styles.quiet}>{change}</Caption1>}
      </div>
      <div className={styles.choices}>
        <Checkbox
          label="Log when sent"
          checked={choice.log}
          disabled={hindrance !== null}
          onChange={(_event, { checked }) => onChoose({ log: checked === true })}
        />
        <Checkbox
          label="Track this email"
          checked={choice.track}
          disabled={hindrance !== null}
          onChange={(_event, { checked }) => onChoose({ track: checked === true })}
        />
        <Caption1 className={styles.quiet}>
          Tracking itself comes later. Your choice is kept with the e-mail.
        </Caption1>
        {hindrance && <Caption1 className={styles.quiet}>{hindrance}</Caption1>}
        {saving && <Caption1 className={styles.quiet}>Saving…</Caption1>}
        {isChosen && !saving && isSaved && (
          <Caption1 className={styles.quiet}>Your choice is saved with this draft.</Caption1>
        )}
      </div>
      <DropBox {...{ told, choice, canCarry }} />
      {!tellsPrivacy && (
        <Caption1 className={styles.quiet}>
          Mark it as private in Outlook, and it stays out of the CRM. The pane cannot see that mark.
        </Caption1>
      )}
    </Section>
  )
}

function DropBox({ told, choice, canCarry }: Pick<WhenSentProps, 'told' | 'choice' | 'canCarry'>) {
  const styles = useStyles()
  if (!told.dropBox) return null
  const words = choice.copied
    ? 'was added to Bcc once, so that the message is logged. You can take it out again.'
    : canCarry
      ? 'is being added to Bcc.'
      : 'is not added to Bcc by itself in this Outlook. Add it to have the message logged.'
  return (
    <Caption1 className={styles.quiet}>
      <bdi>{told.dropBox}</bdi> {words}
    </Caption1>
  )
}

const useStyles = makeStyles({
  fate: { display: 'grid', rowGap: tokens.spacingVerticalXXS },
  choices: { display: 'grid' },
  quiet: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
})
