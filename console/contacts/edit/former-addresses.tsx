import { Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import type { Contact } from '../../../models/wire/contacts/contact.ts'
import { addressesOf, type Draft } from './draft.ts'

export type FormerAddressesProps = {
  contact: Contact
  draft: Draft
  onChange: (draft: Draft) => void
}

/** Addresses that were given up, or are by this very change: they still match the mail of their time, unless they never were theirs. */
export function FormerAddresses({ contact, draft, onChange }: FormerAddressesProps) {
  const styles = useStyles()
  const inUse = new Set(addressesOf(draft).map((address) => address.toLowerCase()))
  const former = contact.addresses.filter(({ address }) => !inUse.has(address.toLowerCase()))
  if (former.length === 0) return null
  const tick = (address: string, isTicked: boolean) => {
    const others = draft.forget.filter((one) => one !== address)
    onChange({ ...draft, forget: isTicked ? [...others, address] : others })
  }
  return (
    <fieldset className={styles.former}>
      <legend className={styles.legend}>No longer in use</legend>
      <p className={styles.hint}>
        Mail with these stays with the contact. Tick those that never were theirs: their mail leaves
        the contact.
      </p>
      {former.map(({ address }) => (
        <Checkbox
          key={address}
          checked={draft.forget.includes(address)}
          label={`${address} never was theirs`}
          onChange={(_event, { checked }) => tick(address, checked === true)}
        />
      ))}
    </fieldset>
  )
}

const useStyles = makeStyles({
  former: { minWidth: 0, margin: 0, padding: 0, border: 'none', overflowWrap: 'anywhere' },
  legend: { padding: 0 },
  hint: {
    margin: 0,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
})
