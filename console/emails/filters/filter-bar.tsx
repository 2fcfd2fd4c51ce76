import { Button, Input, Select, makeStyles, tokens } from '@fluentui/react-components'
import type { Mailbox } from '../../../models/wire/mailbox.ts'
import type { Session } from '../../../models/wire/session.ts'
import type { Api } from '../../../ui/api/client.ts'
import { ContactFilter } from './contact-filter.tsx'
import { allMail, isNarrow, providerWords, stateWords, type InboxFilter } from './inbox-filter.ts'
import { MailboxFilter } from './mailbox-filter.tsx'

export type FilterBarProps = {
  api: Api
  session: Session
  mailboxes: readonly Mailbox[]
  filter: InboxFilter
  onFilter: (filter: InboxFilter) => void
}

/** What the Inbox shows: of which mailbox, provider and contact, in which state, of which days. */
export function FilterBar({ api, session, mailboxes, filter, onFilter }: FilterBarProps) {
  const styles = useStyles()
  const put = (changes: Partial<InboxFilter>) => onFilter({ ...filter, ...changes })
  return (
    <div className={styles.bar} role="group" aria-label="Filter">
      {mailboxes.length > 1 && (
        <MailboxFilter
          mailboxes={mailboxes}
          chosen={filter.mailboxId}
          onChoose={(mailboxId) => put({ mailboxId })}
        />
      )}
      <Choice
        of="Provider"
        all="All providers"
        words={providerWords}
        chosen={filter.provider}
        onChoose={(provider) => put({ provider })}
      />
      <Choice
        of="State"
        all="All mail"
        words={stateWords}
        chosen={filter.state}
        onChoose={(state) => put({ state })}
      />
      {session.roles.includes('member') && (
        <ContactFilter api={api} chosen={filter.contact} onChoose={(contact) => put({ contact })} />
      )}
      <div className={styles.days}>
        <Day word="From" value={filter.firstDay} onChange={(firstDay) => put({ firstDay })} />
        <Day word="To" value={filter.lastDay} onChange={(lastDay) => put({ lastDay })} />
      </div>
      {(isNarrow(filter) || filter.mailboxId !== null) && (
        <Button size="small" appearance="subtle" onClick={() => onFilter(allMail)}>
          Show all mail
        </Button>
      )}
    </div>
  )
}

type ChoiceProps<Name extends string> = {
  of: string
  /** How not to choose is offered. */
  all: string
  words: Record<Name, string>
  chosen: Name | null
  onChoose: (name: Name | null) => void
}

/** One of a few, or all of them. */
function Choice<Name extends string>({ of, all, words, chosen, onChoose }: ChoiceProps<Name>) {
  const names = Object.keys(words) as Name[] // a record of Name has no others
  return (
    <Select
      aria-label={of}
      size="small"
      value={chosen ?? ''}
      onChange={(_event, { value }) => onChoose(names.find((name) => name === value) ?? null)}
    >
      <option value="">{all}</option>
      {names.map((name) => (
        <option key={name} value={name}>
          {words[name]}
        </option>
      ))}
    </Select>
  )
}

type DayProps = { word: string; value: string | null; onChange: (day: string | null) => void }

function Day({ word, value, onChange }: DayProps) {
  return (
    <Input
      type="date"
      size="small"
      contentBefore={word}
      aria-label={word === 'From' ? 'Received on or after' : 'Received on or before'}
      value={value ?? ''}
      onChange={(_event, data) => onChange(data.value || null)}
    />
  )
}

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
    '& .fui-Combobox': { minWidth: '10rem' },
  },
  days: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
})
