import {
  Button,
  Field,
  Input,
  Radio,
  RadioGroup,
  Select,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { useState, type FormEvent } from 'react'
import type { ExplainQuestion } from '../../models/wire/explain.ts'
import type { Mailbox } from '../../models/wire/mailbox.ts'
import { useRemembered } from '../router/remembered.tsx'
import { card } from '../shell/look.ts'
import { readReference } from './read-reference.ts'
import { readSender, type SenderFields } from './read-sender.ts'

/** In minutes: whoever misses a mail seldom knows its hour. */
const A_DAY = '1440'

const NOBODY: SenderFields = { from: '', around: '', within: A_DAY }

export type Asked = { mailbox: Mailbox; question: ExplainQuestion }

export type QuestionFormProps = {
  mailboxes: readonly Mailbox[]
  asking: boolean
  onAsk: (asked: Asked) => void
}

/** Which mail is meant: by who wrote it and about when, as people remember it, or by what can be pasted. */
export function QuestionForm({ mailboxes, asking, onAsk }: QuestionFormProps) {
  const styles = useStyles()
  const [by, setBy] = useRemembered<'sender' | 'reference'>('explain by', 'sender')
  const [mailboxId, setMailboxId] = useRemembered<string | null>('explain in', null)
  const mailbox = mailboxes.find(({ id }) => id === mailboxId) ?? mailboxes[0]
  const [reference, setReference] = useRemembered('explain reference', '')
  const [sender, setSender] = useRemembered('explain sender', NOBODY)
  const [problem, setProblem] = useState<string | null>(null)

  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (asking || !mailbox) return
    const read = by === 'reference' ? readReference(reference) : readSender(sender)
    setProblem('problem' in read ? read.problem : null)
    if ('question' in read) onAsk({ mailbox, question: read.question })
  }

  return (
    <form className={styles.form} onSubmit={handleSubmit} noValidate aria-label="Which mail">
      <Field label="Mailbox">
        <Select value={mailbox?.id ?? ''} onChange={(_event, { value }) => setMailboxId(value)}>
          {mailboxes.map(({ id, address }) => (
            <option key={id} value={id}>
              {address}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="What do you know of the mail?">
        <RadioGroup
          className={styles.ways}
          value={by}
          onChange={(_event, { value }) => {
            setBy(value === 'sender' ? 'sender' : 'reference')
            setProblem(null)
          }}
        >
          <Radio value="sender" label="Who sent it, and about when" />
          <Radio value="reference" label="Its Message-ID or a link" />
        </RadioGroup>
      </Field>
      {by === 'reference' ? (
        <Field
          label="Message-ID or link"
          hint="In Outlook: File, Properties, Internet headers; or the address of the opened mail."
          {...(problem !== null && { validationMessage: problem })}
        >
          <Input
            value={reference}
            autoComplete="off"
            onChange={(_event, { value }) => setReference(value)}
          />
        </Field>
      ) : (
        <SenderQuestion fields={sender} onChange={setSender} problem={problem} />
      )}
      <Button type="submit" appearance="primary" className={styles.ask} disabledFocusable={asking}>
        {asking ? 'Looking…' : 'Explain'}
      </Button>
    </form>
  )
}

type SenderQuestionProps = {
  fields: SenderFields
  onChange: (fields: SenderFields) => void
  problem: string | null
}

function SenderQuestion({ fields, onChange, problem }: SenderQuestionProps) {
  const styles = useStyles()
  return (
    <div className={styles.sender}>
      <Field
        label="Address of the sender"
        {...(problem !== null && { validationMessage: problem })}
      >
        <Input
          type="email"
          autoComplete="off"
          value={fields.from}
          onChange={(_event, { value }) => onChange({ ...fields, from: value })}
        />
      </Field>
      <Field label="Received about">
        <Input
          type="datetime-local"
          value={fields.around}
          onChange={(_event, { value }) => onChange({ ...fields, around: value })}
        />
      </Field>
      <Field label="Give or take">
        <Select
          value={fields.within}
          onChange={(_event, { value }) => onChange({ ...fields, within: value })}
        >
          <option value="10">10 minutes</option>
          <option value="60">an hour</option>
          <option value="360">6 hours</option>
          <option value={A_DAY}>a day</option>
        </Select>
      </Field>
    </div>
  )
}

const useStyles = makeStyles({
  form: {
    display: 'grid',
    rowGap: tokens.spacingVerticalM,
    maxWidth: '44rem',
    padding: tokens.spacingHorizontalL,
    ...card,
  },
  ways: { display: 'flex', flexDirection: 'row', flexWrap: 'wrap' },
  sender: {
    display: 'grid',
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(12rem, 100%), 1fr))',
    alignItems: 'start',
    '& input': { minWidth: 0 },
  },
  ask: { justifySelf: 'start' },
})
