import { Field, Input, Select, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { Choices, Lockable, MailboxRuleSet } from '../../../models/wire/rules.ts'
import { Section } from '../../shell/section.tsx'
import { LockBox, Locked } from './locked.tsx'
import { QUESTIONS, optionFor, withChoice, wordsFor, type ChoiceKey } from './words.ts'

export type Inherited = MailboxRuleSet['inherited']

export type ChoiceFieldsProps<Rules extends Choices> = {
  rules: Rules
  onChange: (rules: Rules) => void
  /** What holds where nothing is chosen, and whose choice that is. */
  inherited: Inherited
  inheritedFrom: 'As your organization' | 'As FlowCRM does by itself'
  /** What the reader may not choose. */
  locked: readonly Lockable[]
  /** For who may lock: what is locked for others. */
  lock?: { keys: readonly Lockable[]; onLock: (key: Lockable, locked: boolean) => void }
}

const MOST_CATEGORY_CHARS = 255

/** Which mail is logged at all: by whom it is from, and by what it is marked with. */
export function ChoiceFields<Rules extends Choices>(props: ChoiceFieldsProps<Rules>) {
  const styles = useStyles()
  return (
    <div className={styles.fields}>
      {(['scope', 'internalOnly', 'automated'] as const).map((key) => (
        <OneChoice key={key} {...props} of={key} />
      ))}
      <Category {...props} />
    </div>
  )
}

/** Whether anything goes back to the mailbox; which mail is logged, it does not touch. */
export function BackToOutlook<Rules extends Choices>({
  children,
  ...props
}: ChoiceFieldsProps<Rules> & { children?: ReactNode }) {
  const styles = useStyles()
  return (
    <Section title="Back to Outlook">
      <div className={styles.fields}>
        <OneChoice {...props} of="direction" />
        {children}
      </div>
    </Section>
  )
}

function OneChoice<Rules extends Choices>({
  of: key,
  ...props
}: ChoiceFieldsProps<Rules> & { of: ChoiceKey }) {
  const { rules, onChange, inherited, inheritedFrom, locked } = props
  const { label, hint, options } = QUESTIONS[key]
  if (locked.includes(key)) return <Locked label={label} value={wordsFor(key, inherited[key])} />
  return (
    <div>
      <Field label={label} hint={hint}>
        <Select
          value={optionFor(key, rules[key])}
          onChange={(_event, { value }) => onChange(withChoice(rules, key, value || undefined))}
        >
          <option value="">
            {inheritedFrom}: {wordsFor(key, inherited[key])}
          </option>
          {options.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
      </Field>
      <Lock {...props} of={key} label={label} />
    </div>
  )
}

function Category<Rules extends Choices>(props: ChoiceFieldsProps<Rules>) {
  const { rules, onChange, inherited, inheritedFrom, locked } = props
  const label = 'Outlook category that keeps a mail out'
  if (locked.includes('noCrmCategory'))
    return <Locked label={label} value={inherited.noCrmCategory} />
  return (
    <div>
      <Field
        label={label}
        hint={`Empty: ${inheritedFrom === 'As your organization' ? 'as your organization' : 'as FlowCRM does by itself'}, “${inherited.noCrmCategory}”.`}
      >
        <Input
          value={rules.noCrmCategory ?? ''}
          placeholder={inherited.noCrmCategory}
          maxLength={MOST_CATEGORY_CHARS}
          onChange={(_event, { value }) =>
            onChange(withChoice(rules, 'noCrmCategory', value || undefined))
          }
        />
      </Field>
      <Lock {...props} of="noCrmCategory" label={label} />
    </div>
  )
}

type LockProps = Pick<ChoiceFieldsProps<Choices>, 'lock'> & { of: Lockable; label: string }

function Lock({ lock, of, label }: LockProps) {
  if (!lock) return null
  return (
    <LockBox
      label={label}
      locked={lock.keys.includes(of)}
      onLock={(locked) => lock.onLock(of, locked)}
    />
  )
}

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    rowGap: tokens.spacingVerticalL,
    maxWidth: '36rem',
    '& .fui-Select, & .fui-Input': { minWidth: 0 },
  },
})
