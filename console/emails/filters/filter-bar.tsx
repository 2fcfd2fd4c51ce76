import { Button, Input, Select, makeStyles, tokens } from '@fluentui/react-components'
import { EmailState } from '../../../models/wire/email.ts'
import type { Mailbox } from '../../../models/wire/mailbox.ts'
import type { Session } from '../../../models/wire/session.ts'
import type { Api } from '../../../ui/api/client.ts'
import { ContactFilter } from './contact-filter.tsx'
import { allMail, isNarrow, stateWords, type InboxFilter } from './inbox-filter.ts'
import { MailboxFilter } from './mailbox-filter.tsx'

export type FilterBarProps = {
  api: Api
  session: Session
  mailboxes: readonly Mailbox[]
  filter: InboxFilter
  onFilter: (filter: InboxFilter) => void
}

/** What the Inbox shows: of which mailbox and contact, in which state, of which days. */
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
      <Select
        aria-label="State"
        size="small"
        value={filter.state ?? ''}
        onChange={(_event, { value }) => put({ state: EmailState.safeParse(value).data ?? null })}
      >
        <option value="">All mail</option>
        {EmailState.options.map((state) => (
          <option key={state} value={state}>
            {stateWords[state]}
          </option>
        ))}
      </Select>
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
