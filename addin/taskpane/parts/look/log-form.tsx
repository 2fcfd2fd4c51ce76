import {
  Button,
  Checkbox,
  makeStyles,
  shorthands,
  Spinner,
  tokens,
} from '@fluentui/react-components'
import { useId, useState } from 'react'
import type { LookContact } from '../../../../models/wire/pane/look.ts'

export type LogFormProps = {
  contacts: LookContact[]
  logging: boolean
  /** `leftOut`: contacts that were taken off. */
  onLog: (leftOut: string[]) => void
}

/** One thing to do. Whom it goes to can be chosen where it could be several; the button keeps its place and the focus. */
export function LogForm({ contacts, logging, onLog }: LogFormProps) {
  const styles = useStyles()
  const legend = useId()
  const [leftOut, setLeftOut] = useState<readonly string[]>([])
  const choose = (id: string, isChosen: boolean) =>
    setLeftOut((now) => (isChosen ? now.filter((each) => each !== id) : [...now, id]))
  return (
    <>
      {contacts.length > 1 && (
        <fieldset className={styles.choice} aria-labelledby={legend}>
          <legend id={legend} className={styles.legend}>
            Log it to
          </legend>
          {contacts.map(({ contact: { id, name, company } }) => (
            <Checkbox
              key={id}
              checked={!leftOut.includes(id)}
              disabled={logging}
              label={company ? `${name || 'No name'}, ${company.name}` : name || 'No name'}
              onChange={(_event, { checked }) => choose(id, checked === true)}
            />
          ))}
        </fieldset>
      )}
      <Button
        appearance="primary"
        disabledFocusable={logging}
        icon={logging ? <Spinner size="tiny" aria-hidden /> : null}
        onClick={() => onLog([...leftOut])}
      >
        {logging ? 'Logging…' : 'Log to CRM'}
      </Button>
    </>
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
