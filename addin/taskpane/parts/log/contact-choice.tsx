import { Checkbox, makeStyles, shorthands, tokens } from '@fluentui/react-components'
import { useId, type ReactNode } from 'react'
import type { Contact } from '../../../../models/wire/contacts/contact.ts'

export type ContactChoiceProps = {
  people: Contact[]
  /** Those that were taken off. */
  leftOut: readonly string[]
  disabled: boolean
  onChange: (leftOut: readonly string[]) => void
}

/** To whom something is logged, where it could be several. */
export function ContactChoice({ people, leftOut, disabled, onChange }: ContactChoiceProps) {
  const choose = (id: string, isChosen: boolean) =>
    onChange(isChosen ? leftOut.filter((each) => each !== id) : [...leftOut, id])
  return (
    <Choice legend="Log it to">
      {people.map(({ id, name, company }) => (
        <Checkbox
          key={id}
          checked={!leftOut.includes(id)}
          disabled={disabled}
          label={company ? `${name || 'No name'}, ${company.name}` : name || 'No name'}
          onChange={(_event, { checked }) => choose(id, checked === true)}
        />
      ))}
    </Choice>
  )
}

/** Several boxes under one question. */
export function Choice({ legend, children }: { legend: string; children: ReactNode }) {
  const styles = useStyles()
  const id = useId()
  return (
    <fieldset className={styles.choice} aria-labelledby={id}>
      <legend id={id} className={styles.legend}>
        {legend}
      </legend>
      {children}
    </fieldset>
  )
}

const useStyles = makeStyles({
  choice: {
    display: 'grid',
    margin: 0,
    padding: 0,
    ...shorthands.borderStyle('none'),
    minWidth: 0,
  },
  legend: { padding: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
})
