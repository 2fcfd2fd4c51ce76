import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { Add16Regular } from '@fluentui/react-icons/svg/add'
import { Delete16Regular } from '@fluentui/react-icons/svg/delete'
import { useRef, useState, type FormEvent } from 'react'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { plainList } from '../../shell/look.ts'

/** What somebody typed, as it is kept, or what is wrong with it. */
export type Read = { value: string } | { problem: string }

export type ListFieldProps = {
  label: string
  hint: string
  values: readonly string[]
  onChange: (values: string[]) => void
  read: (text: string) => Read
  /** What one of them is called: "domain". */
  one: string
  /** How many there may be. */
  most: number
}

/** A few addresses or domains: added one by one, and taken away. */
export function ListField({ label, hint, values, onChange, read, one, most }: ListFieldProps) {
  const styles = useStyles()
  const announce = useAnnounce()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)

  const handleAdd = (event: FormEvent) => {
    event.preventDefault()
    const typed = read(text)
    const wrong = 'problem' in typed ? typed.problem : problemWith(typed.value)
    setProblem(wrong)
    input.current?.focus()
    if (wrong !== null || 'problem' in typed) return
    onChange([...values, typed.value])
    setText('')
    announce(`${typed.value} is on the list.`)
  }
  const problemWith = (value: string): string | null => {
    if (values.includes(value)) return 'It is on the list already.'
    return values.length >= most ? `There may be ${most}. Take one away first.` : null
  }
  const remove = (value: string) => {
    onChange(values.filter((each) => each !== value))
    announce(`${value} is off the list.`)
    input.current?.focus() // the button that was pressed is gone
  }
  return (
    <div className={styles.field}>
      <form onSubmit={handleAdd} noValidate className={styles.form}>
        <Field
          label={label}
          hint={hint}
          className={styles.grow}
          {...(problem !== null && { validationMessage: problem })}
        >
          <Input
            ref={(field: HTMLInputElement | null) => void (input.current = field)}
            value={text}
            autoComplete="off"
            onChange={(_event, { value }) => {
              setText(value)
              setProblem(null)
            }}
            contentAfter={
              <Button
                type="submit"
                size="small"
                appearance="transparent"
                icon={<Add16Regular />}
                aria-label={`Add ${one}`}
              >
                Add
              </Button>
            }
          />
        </Field>
      </form>
      {values.length > 0 && (
        <ul className={styles.list} aria-label={`${label}, so far`}>
          {values.map((value) => (
            <li key={value} className={styles.value}>
              <bdi>{value}</bdi>
              <Button
                size="small"
                appearance="subtle"
                icon={<Delete16Regular />}
                aria-label={`Remove ${value}`}
                onClick={() => remove(value)}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

const useStyles = makeStyles({
  field: { display: 'grid', rowGap: tokens.spacingVerticalS, maxWidth: '36rem' },
  form: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)' },
  grow: { '& .fui-Input': { minWidth: 0 } },
  list: { ...plainList, display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  value: {
    display: 'inline-flex',
    alignItems: 'center',
    maxWidth: '100%',
    paddingInlineStart: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    overflowWrap: 'anywhere',
  },
})
