import { Field, makeStyles, Select } from '@fluentui/react-components'
import type { Contact } from '../../../models/wire/contacts/contact.ts'
import { nameOf } from './name-of.ts'

export type PersonChoiceProps = {
  people: Contact[]
  chosen: string
  onChoose: (contactId: string) => void
}

/** Whom it is about, where it could be several. */
export function PersonChoice({ people, chosen, onChoose }: PersonChoiceProps) {
  const styles = useStyles()
  if (people.length < 2) return null
  return (
    <Field label="About">
      <Select
        className={styles.choice}
        value={chosen}
        onChange={(_event, { value }) => onChoose(value)}
      >
        {people.map((person) => (
          <option key={person.id} value={person.id}>
            {nameOf(person)}
          </option>
        ))}
      </Select>
    </Field>
  )
}

const useStyles = makeStyles({ choice: { width: '100%', minWidth: 0 } })
