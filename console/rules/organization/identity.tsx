import { Checkbox, Field, Input, Select, makeStyles, tokens } from '@fluentui/react-components'
import { useMemo } from 'react'
import type { WorkspaceRules } from '../../../models/wire/rules.ts'
import { readAddress, readDomain } from '../fields/addresses.ts'
import { ListField } from '../fields/list-field.tsx'
import { Section } from '../../shell/section.tsx'
import type { OrganizationPartProps } from './keeping.tsx'

const MOST_DOMAINS = 500
const MOST_PRIVACY_ADDRESSES = 20

/** Who belongs to the organization, and when its day begins. */
export function OwnOrganization({ rules, onChange }: OrganizationPartProps) {
  return (
    <Section title="Your organization">
      <ListField
        label="Own domains"
        hint="Beside those of the connected mailboxes. Mail among them alone counts as mail among colleagues."
        one="domain"
        most={MOST_DOMAINS}
        read={readDomain}
        values={rules.ownDomains}
        onChange={(ownDomains) => onChange({ ...rules, ownDomains })}
      />
      <TimeZone zone={rules.timeZone} onChange={(timeZone) => onChange({ ...rules, timeZone })} />
    </Section>
  )
}

type TimeZoneProps = { zone: string; onChange: (zone: string) => void }

function TimeZone({ zone, onChange }: TimeZoneProps) {
  const styles = useStyles()
  // Hundreds, and the same after each letter that is typed elsewhere.
  const options = useMemo(
    () =>
      [...new Set([zone, 'UTC', ...Intl.supportedValuesOf('timeZone')])].map((each) => (
        <option key={each} value={each}>
          {each.replaceAll('_', ' ')}
        </option>
      )),
    [zone],
  )
  return (
    <Field
      label="Time zone"
      hint="The e-mails that your plan allows in a day are counted from midnight there."
      className={styles.narrow}
    >
      <Select value={zone} onChange={(_event, { value }) => onChange(value)}>
        {options}
      </Select>
    </Field>
  )
}

/** The addresses that one copies a mail to, to keep it out or to have it logged. */
export function SpecialAddresses({ rules, onChange }: OrganizationPartProps) {
  const styles = useStyles()
  const dropBox = rules.dropBox ?? null
  const problem = dropBoxProblem(rules)
  return (
    <Section title="Addresses with a meaning">
      <ListField
        label="Privacy addresses"
        hint="Whoever copies a mail to one of them keeps it out of the CRM."
        one="privacy address"
        most={MOST_PRIVACY_ADDRESSES}
        read={readAddress}
        values={rules.privacyAddresses}
        onChange={(privacyAddresses) => onChange({ ...rules, privacyAddresses })}
      />
      <Field
        label="Drop-box address"
        hint="Mail that is copied to it is logged. Empty: there is none."
        className={styles.narrow}
        {...(problem !== null && { validationMessage: problem })}
      >
        <Input
          value={dropBox?.address ?? ''}
          type="email"
          autoComplete="off"
          onChange={(_event, { value }) =>
            onChange({
              ...rules,
              dropBox:
                value === '' ? null : { address: value, byItself: dropBox?.byItself ?? false },
            })
          }
        />
      </Field>
      {dropBox && (
        <Checkbox
          label="The add-in copies it into each message that is written"
          checked={dropBox.byItself}
          onChange={(_event, { checked }) =>
            onChange({ ...rules, dropBox: { ...dropBox, byItself: checked === true } })
          }
        />
      )}
    </Section>
  )
}

/** What is wrong with the drop-box address; null when nothing is. */
export function dropBoxProblem({ dropBox }: WorkspaceRules): string | null {
  const read = dropBox ? readAddress(dropBox.address) : null
  return read && 'problem' in read ? read.problem : null
}

const useStyles = makeStyles({
  narrow: {
    maxWidth: '36rem',
    '& .fui-Select, & .fui-Input': { minWidth: 0 },
    rowGap: tokens.spacingVerticalNone,
  },
})
