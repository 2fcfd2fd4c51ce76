import { Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import type { Api } from '../../../ui/api/client.ts'
import { AddressFields } from './address-fields.tsx'
import { CompanyField } from './company-field.tsx'
import type { Draft, DraftFault } from './draft.ts'

export type ContactFieldsProps = {
  api: Api
  draft: Draft
  fault: DraftFault | null
  /** Of a contact that is not there yet: what happens where no company is written. */
  companyHint?: string
  onChange: (draft: Draft) => void
}

/** What is known of a contact, to be written. */
export function ContactFields(props: ContactFieldsProps) {
  const { api, draft, fault, companyHint, onChange } = props
  const styles = useStyles()
  const { name, jobTitle, phone, company, addresses } = draft
  return (
    <div className={styles.fields}>
      <Field label="Name" {...(fault?.of === 'name' && NAMELESS)}>
        <Input
          value={name}
          maxLength={200}
          autoComplete="off"
          onChange={(_event, { value }) => onChange({ ...draft, name: value })}
        />
      </Field>
      <AddressFields
        lines={addresses}
        wrongKey={fault?.of === 'address' ? fault.key : null}
        onChange={(lines) => onChange({ ...draft, addresses: lines })}
      />
      <CompanyField
        api={api}
        value={company}
        {...(companyHint && { hint: companyHint })}
        onChange={(value) => onChange({ ...draft, company: value })}
      />
      <div className={styles.pair}>
        <Field label="Job title">
          <Input
            value={jobTitle}
            maxLength={200}
            autoComplete="off"
            onChange={(_event, { value }) => onChange({ ...draft, jobTitle: value })}
          />
        </Field>
        <Field label="Phone">
          <Input
            type="tel"
            value={phone}
            maxLength={60}
            autoComplete="off"
            onChange={(_event, { value }) => onChange({ ...draft, phone: value })}
          />
        </Field>
      </div>
    </div>
  )
}

const NAMELESS = { validationMessage: 'Write a name, or an e-mail address below.' }

const useStyles = makeStyles({
  fields: { display: 'grid', rowGap: tokens.spacingVerticalM, minWidth: 0 },
  pair: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(12rem, 100%), 1fr))',
    gap: tokens.spacingHorizontalM,
    '& .fui-Input': { minWidth: 0 },
  },
})
