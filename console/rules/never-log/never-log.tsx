import {
  Button,
  makeStyles,
  mergeClasses,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components'
import { Add20Regular } from '@fluentui/react-icons/svg/add'
import { LockClosed16Regular } from '@fluentui/react-icons/svg/lock-closed'
import { useRef, useState } from 'react'
import type { NeverLogRule } from '../../../models/wire/rules.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { Section } from '../../shell/section.tsx'
import { useRowStyles } from '../row-look.ts'
import { RuleDialog } from './rule-dialog.tsx'
import { KINDS, entryWords, ruleWords } from './words.ts'

export type NeverLogProps = {
  rules: readonly NeverLogRule[]
  onChange: (rules: NeverLogRule[]) => void
  /** Those that hold beside them and are not to be changed here. */
  ofOrganization?: readonly NeverLogRule[]
}

const MOST_RULES = 200

/** The rules that keep mail out by who takes part in it. */
export function NeverLog({ rules, onChange, ofOrganization = [] }: NeverLogProps) {
  const styles = useStyles()
  const rows = useRowStyles()
  const announce = useAnnounce()
  const focusTarget = useRestoreFocusTarget()
  const addButton = useRef<HTMLButtonElement>(null)
  const [at, setAt] = useState<number | 'new' | null>(null)

  const handleDone = (rule: NeverLogRule) => {
    onChange(at === 'new' ? [...rules, rule] : rules.map((each, nth) => (nth === at ? rule : each)))
    announce('The rule is in the list. Save to have it hold.')
    setAt(null)
  }
  const handleRemove = (nth: number) => {
    onChange(rules.filter((_each, other) => other !== nth))
    announce('The rule is off the list. Save to have that hold.')
    addButton.current?.focus() // the button that was pressed is gone
  }
  const isNone = rules.length === 0 && ofOrganization.length === 0
  return (
    <Section
      title="Never log"
      intro="Mail with these people is never stored, and logging it by hand does not override that."
    >
      {isNone && <p className={styles.none}>There is no such rule yet.</p>}
      {!isNone && (
        <ul className={rows.list} aria-label="Never-log rules">
          {ofOrganization.map((rule) => (
            <li key={rule.id} className={rows.row}>
              <Rule rule={rule} />
              <span className={mergeClasses(rows.quiet, styles.locked)}>
                <LockClosed16Regular aria-hidden /> Of your organization
              </span>
            </li>
          ))}
          {rules.map((rule, nth) => (
            <li key={nth} className={rows.row}>
              <Rule rule={rule} />
              <div className={styles.buttons}>
                <Button
                  {...focusTarget}
                  size="small"
                  aria-label={`Change: ${ruleWords(rule)}`}
                  onClick={() => setAt(nth)}
                >
                  Change
                </Button>
                <Button
                  size="small"
                  appearance="subtle"
                  aria-label={`Remove: ${ruleWords(rule)}`}
                  onClick={() => handleRemove(nth)}
                >
                  Remove
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      <Button
        {...focusTarget}
        ref={(button: HTMLButtonElement | null) => void (addButton.current = button)}
        className={styles.add}
        icon={<Add20Regular />}
        disabledFocusable={rules.length >= MOST_RULES}
        onClick={() => setAt('new')}
      >
        Add a rule
      </Button>
      {at !== null && (
        <RuleDialog
          rule={at === 'new' ? null : (rules[at] ?? null)}
          onDone={handleDone}
          onClose={() => setAt(null)}
        />
      )}
    </Section>
  )
}

function Rule({ rule: { kind, entries } }: { rule: NeverLogRule }) {
  const styles = useRowStyles()
  return (
    <div className={styles.words}>
      <div>
        {entries.map((entry, nth) => (
          <span key={nth}>
            {nth > 0 && ', '}
            <bdi>{entryWords(entry)}</bdi>
          </span>
        ))}
      </div>
      <div className={styles.quiet}>{KINDS[kind]}</div>
    </div>
  )
}

const useStyles = makeStyles({
  none: { margin: 0, color: tokens.colorNeutralForeground2 },
  buttons: { display: 'flex', gap: tokens.spacingHorizontalXS },
  locked: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  add: { justifySelf: 'start' },
})
