import {
  Field,
  MessageBar,
  MessageBarBody,
  Radio,
  RadioGroup,
  Select,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import type { MailboxSettings } from '../../../models/wire/mailbox.ts'
import type { MailboxRuleSet } from '../../../models/wire/rules.ts'
import { Fixed, Locked } from '../../rules/fields/locked.tsx'
import { QUESTIONS, wordsFor } from '../../rules/fields/words.ts'
import { FREQUENCIES, SHARINGS, WINDOWS, isWider, windowWord } from './words.ts'

export type SettingsFieldsProps = {
  settings: MailboxSettings
  /** As they are saved. */
  before: MailboxSettings
  /** What the organization has locked, and chosen there. */
  rules: Pick<MailboxRuleSet, 'locked' | 'effective'>
  onChange: (settings: MailboxSettings) => void
}

/** How often, how far back, and for whose eyes. */
export function SettingsFields({ settings, before, rules, onChange }: SettingsFieldsProps) {
  const styles = useStyles()
  const { pollEveryMinutes, windowDays } = settings
  return (
    <>
      <Field
        label="How often new mail is fetched"
        hint="In real time, Microsoft 365 rings when mail comes. It is asked rarely all the same, so that nothing is missed."
        className={styles.field}
      >
        <Select
          value={String(pollEveryMinutes)}
          onChange={(_event, { value }) => {
            const found = FREQUENCIES.find((each) => String(each.value) === value)
            if (found) onChange({ ...settings, pollEveryMinutes: found.value })
          }}
        >
          {FREQUENCIES.map(({ value, word }) => (
            <option key={word} value={String(value)}>
              {word}
            </option>
          ))}
        </Select>
      </Field>
      {rules.locked.includes('windowDays') ? (
        <Locked
          label="Mail from before it was connected"
          value={windowWord(rules.effective.windowDays)}
        />
      ) : (
        <Field
          label="Mail from before it was connected"
          hint="A narrower choice takes nothing away that is in the CRM."
          className={styles.field}
        >
          <Select
            value={String(windowDays)}
            onChange={(_event, { value }) => {
              const found = WINDOWS.find((each) => String(each.value) === value)
              if (found) onChange({ ...settings, windowDays: found.value })
            }}
          >
            {WINDOWS.map(({ value, word }) => (
              <option key={word} value={String(value)}>
                {word}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {isWider(windowDays, before.windowDays) && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody role="status">
            When you save, every watched folder is read again from the newest mail to the oldest.
            That can take a while; new mail overtakes it, and nothing comes twice.
          </MessageBarBody>
        </MessageBar>
      )}
      <Sharing settings={settings} onChange={onChange} />
      <Direction rules={rules} />
    </>
  )
}

/** A rule, which who looks for it here finds. */
function Direction({ rules }: Pick<SettingsFieldsProps, 'rules'>) {
  const { label } = QUESTIONS.direction
  const value = wordsFor('direction', rules.effective.direction)
  if (rules.locked.includes('direction')) return <Locked label={label} value={value} />
  return (
    <Fixed label={label} value={value}>
      It is chosen under Rules.
    </Fixed>
  )
}

function Sharing({ settings, onChange }: Pick<SettingsFieldsProps, 'settings' | 'onChange'>) {
  const styles = useStyles()
  // Nobody has chosen: then it is as private as can be.
  const chosen = settings.sharing ?? 'private'
  return (
    <Field
      label="What colleagues see of its mail with contacts"
      hint="Mail that belongs to no contact is seen by its owner alone."
    >
      <RadioGroup
        value={chosen}
        onChange={(_event, { value }) => {
          const found = SHARINGS.find((each) => each.value === value)
          if (found) onChange({ ...settings, sharing: found.value })
        }}
      >
        {SHARINGS.map(({ value, word, means }) => (
          <Radio
            key={word}
            value={value ?? ''}
            label={
              <>
                {word}
                <span className={styles.means}>{means}</span>
              </>
            }
          />
        ))}
      </RadioGroup>
    </Field>
  )
}

const useStyles = makeStyles({
  field: { '& .fui-Select': { minWidth: 0 } },
  means: {
    display: 'block',
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
})
