import {
  Button,
  Checkbox,
  Field,
  Input,
  Radio,
  RadioGroup,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { Add16Regular } from '@fluentui/react-icons/svg/add'
import { Delete20Regular } from '@fluentui/react-icons/svg/delete'
import { useRef, useState } from 'react'
import type { NeverLogRule } from '../../../models/wire/rules.ts'
import { DialogFrame } from '../../../ui/components/dialog-frame.tsx'
import { plainList } from '../../shell/look.ts'
import { KINDS, isDomainLine, lineOf, readLine, type Line } from './words.ts'

export type RuleDialogProps = {
  /** The one to be changed; null: a new one. */
  rule: NeverLogRule | null
  onDone: (rule: NeverLogRule) => void
  onClose: () => void
}

const MOST_ENTRIES = 200

/** One never-log rule: whom it is about, and whether one of them suffices. Mounted while it is open. */
export function RuleDialog({ rule, onDone, onClose }: RuleDialogProps) {
  const styles = useStyles()
  const [kind, setKind] = useState<NeverLogRule['kind']>(rule?.kind ?? 'any-party')
  const { lines, change, add, remove, isToFocus } = useLines(rule)
  const [isChecked, setIsChecked] = useState(false)

  const handleSubmit = () => {
    const entries = lines.flatMap((line) => {
      const read = readLine(line)
      return 'entry' in read ? [read.entry] : []
    })
    setIsChecked(true)
    if (entries.length === lines.length) onDone({ id: rule?.id ?? '', kind, entries })
  }
  return (
    <DialogFrame
      title={rule ? 'Change the rule' : 'Keep mail out'}
      actions={
        <Button appearance="primary" type="submit">
          {rule ? 'Change' : 'Add'}
        </Button>
      }
      onSubmit={handleSubmit}
      onClose={onClose}
    >
      <ul className={styles.lines} aria-label="Addresses and domains">
        {lines.map((line, nth) => (
          <LineField
            key={line.key}
            {...{ line, nth, isChecked }}
            isAlone={lines.length === 1}
            hasFocus={isToFocus(line)}
            onChange={change}
            onRemove={() => remove(line)}
          />
        ))}
      </ul>
      <Button
        className={styles.more}
        size="small"
        icon={<Add16Regular />}
        disabledFocusable={lines.length >= MOST_ENTRIES}
        onClick={add}
      >
        One more
      </Button>
      <Field label="A mail stays out when">
        <RadioGroup
          value={kind}
          onChange={(_event, { value }) =>
            setKind(value === 'all-parties' ? 'all-parties' : 'any-party')
          }
        >
          {Object.entries(KINDS).map(([value, words]) => (
            <Radio key={value} value={value} label={words} />
          ))}
        </RadioGroup>
      </Field>
    </DialogFrame>
  )
}

/** The lines as they are typed; a new one has the focus, and one that is removed hands it to a neighbor. */
function useLines(rule: NeverLogRule | null) {
  const [lines, setLines] = useState<readonly Line[]>(
    () => rule?.entries.map(lineOf) ?? [{ key: 0, text: '', subdomains: true }],
  )
  const next = useRef(lines.length)
  const [focused, setFocused] = useState<number | null>(null)
  const add = () => {
    const key = next.current++
    setLines([...lines, { key, text: '', subdomains: true }])
    setFocused(key)
  }
  const remove = ({ key }: Line) => {
    const at = lines.findIndex((each) => each.key === key)
    const left = lines.filter((each) => each.key !== key)
    setLines(left)
    setFocused(left[Math.min(at, left.length - 1)]?.key ?? null)
  }
  const change = (line: Line) =>
    setLines(lines.map((each) => (each.key === line.key ? line : each)))
  return { lines, add, remove, change, isToFocus: ({ key }: Line) => key === focused }
}

type LineFieldProps = {
  line: Line
  nth: number
  /** What is wrong is told from then on. */
  isChecked: boolean
  isAlone: boolean
  hasFocus: boolean
  onChange: (line: Line) => void
  onRemove: () => void
}

function LineField(props: LineFieldProps) {
  const { line, nth, isChecked, isAlone, hasFocus, onChange, onRemove } = props
  const styles = useStyles()
  const read = readLine(line)
  const problem = isChecked && 'problem' in read ? read.problem : null
  const name = line.text.trim() || `line ${nth + 1}`
  return (
    <li className={styles.line}>
      <Field
        label={nth === 0 ? 'Address or domain' : `Address or domain ${nth + 1}`}
        {...(problem !== null && { validationMessage: problem })}
      >
        <Input
          ref={hasFocus ? takeFocus : null}
          value={line.text}
          autoComplete="off"
          placeholder="name@company.com or company.com"
          onChange={(_event, { value }) => onChange({ ...line, text: value })}
        />
      </Field>
      {!isAlone && (
        <Button
          className={styles.remove}
          appearance="subtle"
          icon={<Delete20Regular />}
          aria-label={`Take away ${name}`}
          onClick={onRemove}
        />
      )}
      {isDomainLine(line) && (
        <Checkbox
          className={styles.subdomains}
          label="Its subdomains as well"
          checked={line.subdomains}
          onChange={(_event, { checked }) => onChange({ ...line, subdomains: checked === true })}
        />
      )}
    </li>
  )
}

const takeFocus = (input: HTMLInputElement | null) => input?.focus()

const useStyles = makeStyles({
  lines: { ...plainList, display: 'grid', rowGap: tokens.spacingVerticalM },
  line: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    alignItems: 'start',
    columnGap: tokens.spacingHorizontalXS,
    '& .fui-Input': { minWidth: 0 },
  },
  remove: { marginBlockStart: '24px' }, // beside the field, below its label
  subdomains: { gridColumn: '1 / -1' },
  more: { justifySelf: 'start' },
})
