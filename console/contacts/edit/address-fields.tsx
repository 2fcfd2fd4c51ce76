import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { Add20Regular } from '@fluentui/react-icons/svg/add'
import { Dismiss20Regular } from '@fluentui/react-icons/svg/dismiss'
import { useRef, useState } from 'react'
import { MOST_ADDRESSES } from '../../../models/wire/contacts/contact.ts'
import { addressLine, type AddressLine } from './draft.ts'

export type AddressFieldsProps = {
  lines: readonly AddressLine[]
  /** The line that is no address. */
  wrongKey: number | null
  onChange: (lines: readonly AddressLine[]) => void
}

/** The addresses in use, one a line. */
export function AddressFields({ lines, wrongKey, onChange }: AddressFieldsProps) {
  const styles = useStyles()
  const addButton = useRef<HTMLButtonElement | null>(null)
  const [added, setAdded] = useState<number | null>(null)
  const write = (key: number, text: string) =>
    onChange(lines.map((line) => (line.key === key ? { key, text } : line)))
  const add = () => {
    const line = addressLine()
    setAdded(line.key)
    onChange([...lines, line])
  }
  const remove = (key: number) => {
    onChange(lines.filter((line) => line.key !== key))
    addButton.current?.focus()
  }
  return (
    <fieldset className={styles.fields}>
      <legend className={styles.legend}>E-mail addresses</legend>
      {lines.map(({ key, text }, at) => (
        <div key={key} className={styles.line}>
          <Field className={styles.field} {...(wrongKey === key && WRONG_ADDRESS)}>
            <Input
              type="email"
              aria-label={`E-mail address ${at + 1}`}
              autoComplete="off"
              autoFocus={key === added}
              value={text}
              onChange={(_event, { value }) => write(key, value)}
            />
          </Field>
          <Button
            appearance="subtle"
            icon={<Dismiss20Regular />}
            aria-label={`Remove ${text || `e-mail address ${at + 1}`}`}
            onClick={() => remove(key)}
          />
        </div>
      ))}
      <Button
        ref={(button: HTMLButtonElement | null) => void (addButton.current = button)}
        size="small"
        className={styles.add}
        icon={<Add20Regular />}
        disabledFocusable={lines.length >= MOST_ADDRESSES}
        onClick={add}
      >
        Add an address
      </Button>
    </fieldset>
  )
}

const WRONG_ADDRESS = { validationMessage: 'Write a whole address, such as name@example.com.' }

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    rowGap: tokens.spacingVerticalS,
    minWidth: 0,
    margin: 0,
    padding: 0,
    border: 'none',
  },
  legend: { padding: 0, marginBlockEnd: tokens.spacingVerticalXXS },
  line: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    alignItems: 'start',
    columnGap: tokens.spacingHorizontalXS,
  },
  field: { minWidth: 0 },
  add: { justifySelf: 'start' },
})
