import { Checkbox, Field, Select, makeStyles, tokens } from '@fluentui/react-components'
import type { WorkspaceRules } from '../../../models/wire/rules.ts'
import { WINDOWS } from '../../mailboxes/settings/words.ts'
import { PageLink } from '../../router/page-link.tsx'
import { addresses } from '../../router/route.ts'
import { Section } from '../../shell/section.tsx'

export type OrganizationPartProps = {
  rules: WorkspaceRules
  onChange: (rules: WorkspaceRules) => void
}

/** How much history is read, and whether copies are one e-mail. */
export function Keeping({ rules, onChange }: OrganizationPartProps) {
  const styles = useStyles()
  const isLocked = rules.locked.includes('windowDays') && rules.windowDays !== undefined
  return (
    <Section title="History and copies">
      <div className={styles.fields}>
        <Field label="Mail from before a mailbox was connected">
          <Select
            value={isLocked ? String(rules.windowDays) : ''}
            onChange={(_event, { value }) => onChange(withWindow(rules, value))}
          >
            <option value="">Each mailbox chooses for itself</option>
            {WINDOWS.map(({ value, word }) => (
              <option key={word} value={String(value)}>
                For all mailboxes: {word.toLowerCase()}
              </option>
            ))}
          </Select>
        </Field>
        <Checkbox
          label="Copies of one mail in several mailboxes are one e-mail"
          checked={rules.deduplicate ?? true}
          onChange={(_event, { checked }) => onChange({ ...rules, deduplicate: checked === true })}
        />
        <p className={styles.text}>
          How long mail is kept, and what becomes of mail that is gone from its mailbox, is set
          under{' '}
          <PageLink inline to={addresses.compliance('people')}>
            Compliance
          </PageLink>
          .
        </p>
      </div>
    </Section>
  )
}

/** A window counts where it is locked alone, so the two go together. */
function withWindow(
  { windowDays: _before, ...rules }: WorkspaceRules,
  chosen: string,
): WorkspaceRules {
  const others = rules.locked.filter((key) => key !== 'windowDays')
  const found = WINDOWS.find(({ value }) => String(value) === chosen)
  if (!found) return { ...rules, locked: others }
  return { ...rules, windowDays: found.value, locked: [...others, 'windowDays'] }
}

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    rowGap: tokens.spacingVerticalL,
    maxWidth: '36rem',
    '& .fui-Select': { minWidth: 0 },
  },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
})
