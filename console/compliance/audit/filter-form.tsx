import { Button, Field, Input, Select, makeStyles, tokens } from '@fluentui/react-components'
import { FilterDismiss16Regular } from '@fluentui/react-icons/svg/filter-dismiss'
import { useState } from 'react'
import { NOBODY_IN_PERSON, type Names } from '../members/use-names.ts'
import { actionGroups, OBJECT_WORDS } from './action-words.ts'
import { isFiltered, NO_FILTER, type FilterFields } from './filter.ts'

export type FilterFormProps = {
  fields: FilterFields
  names: Names
  onChange: (fields: FilterFields) => void
}

/** What to show of the log. Each choice holds at once. */
export function FilterForm({ fields, names, onChange }: FilterFormProps) {
  const styles = useStyles()
  const set = (change: Partial<FilterFields>) => onChange({ ...fields, ...change })
  return (
    <form
      className={styles.form}
      aria-label="What to show"
      onSubmit={(event) => event.preventDefault()}
    >
      <Field label="What was done">
        <Select value={fields.action} onChange={(_event, { value }) => set({ action: value })}>
          <option value="">Anything</option>
          {actionGroups.map(({ label, actions }) => (
            <optgroup key={label} label={label}>
              {actions.map(({ action, words }) => (
                <option key={action} value={action}>
                  {words}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
      </Field>
      <WhoFields fields={fields} names={names} onChange={onChange} />
      <Field label="To what">
        <Select
          value={fields.objectKind}
          onChange={(_event, { value }) => set({ objectKind: value })}
        >
          <option value="">Anything</option>
          {Object.entries(OBJECT_WORDS).map(([kind, word]) => (
            <option key={kind} value={kind}>
              {word}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Its id">
        <Input
          value={fields.objectId}
          maxLength={200}
          autoComplete="off"
          onChange={(_event, { value }) => set({ objectId: value })}
        />
      </Field>
      <Field label="From">
        <Input
          type="date"
          value={fields.from}
          onChange={(_event, { value }) => set({ from: value })}
        />
      </Field>
      <Field label="Until">
        <Input
          type="date"
          value={fields.until}
          onChange={(_event, { value }) => set({ until: value })}
        />
      </Field>
      <Button
        appearance="subtle"
        className={styles.clear}
        icon={<FilterDismiss16Regular />}
        disabledFocusable={!isFiltered(fields)}
        onClick={() => onChange(NO_FILTER)}
      >
        Show everything
      </Button>
    </form>
  )
}

const SOMEBODY_ELSE = 'somebody else'

/** By name where there is one; by id, which a colleague who left has only. */
function WhoFields({ fields, names, onChange }: FilterFormProps) {
  const [byId, setById] = useState(false)
  const { userId } = fields
  const isUnknown = userId !== '' && names.nameOf(userId) === null
  const shown = byId || isUnknown ? SOMEBODY_ELSE : userId
  const choose = (value: string) => {
    setById(value === SOMEBODY_ELSE)
    onChange({ ...fields, userId: value === SOMEBODY_ELSE ? '' : value })
  }
  return (
    <>
      <Field label="Who">
        <Select value={shown} onChange={(_event, { value }) => choose(value)}>
          <option value="">Anybody</option>
          {names.members.map((member) => (
            <option key={member.userId} value={member.userId}>
              {names.nameOf(member.userId)}
            </option>
          ))}
          {Object.entries(NOBODY_IN_PERSON).map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          <option value={SOMEBODY_ELSE}>Somebody else, by id</option>
        </Select>
      </Field>
      {shown === SOMEBODY_ELSE && (
        <Field label="Id of the person">
          <Input
            value={userId}
            maxLength={64}
            autoComplete="off"
            onChange={(_event, { value }) => {
              setById(true)
              onChange({ ...fields, userId: value })
            }}
          />
        </Field>
      )}
    </>
  )
}

const useStyles = makeStyles({
  form: {
    display: 'grid',
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(13rem, 100%), 1fr))',
    alignItems: 'end',
    '@media (max-width: 719px)': {
      gridTemplateColumns: 'repeat(auto-fill, minmax(min(9rem, 100%), 1fr))',
    },
    '& .fui-Field': { minWidth: 0 },
    '& input, & select': { minWidth: 0, width: '100%' },
  },
  clear: { justifySelf: 'start', whiteSpace: 'nowrap' },
})
