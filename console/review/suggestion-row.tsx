import { Button, Field, Input } from '@fluentui/react-components'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { z } from 'zod'
import { Contact } from '../../models/wire/contacts/contact.ts'
import type { Suggestion } from '../../models/wire/contacts/upkeep.ts'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { useNow } from '../../ui/hooks/use-now.ts'
import { mailTime } from '../../ui/mail-time.ts'
import { nameOf } from '../contacts/contact-list.tsx'
import { useSaving } from '../../ui/hooks/use-saving.ts'
import { PageLink } from '../router/page-link.tsx'
import { addresses } from '../router/route.ts'
import type { ConsoleApi } from '../signed-in-api.ts'
import { useRowStyles } from './row-look.ts'

type Decision = { what: 'accepted'; contact: Contact } | { what: 'dismissed' }

export type SuggestionRowProps = { api: ConsoleApi; suggestion: Suggestion }

/** Somebody who is no contact: to be made one, under a name, or not to be suggested again. */
export function SuggestionRow({ api, suggestion }: SuggestionRowProps) {
  const styles = useRowStyles()
  const now = useNow()
  const { saving, save } = useSaving()
  const [naming, setNaming] = useState<'not-yet' | 'now' | 'no-more'>('not-yet')
  const [decision, setDecision] = useState<Decision | null>(null)
  const { id, address, name, emails, lastAt } = suggestion
  const path = `/api/v1/suggestions/${encodeURIComponent(id)}`
  if (decision !== null) return <Decided decision={decision} address={address} />

  const accept = (as: string) =>
    save(api.send('POST', `${path}/accept`, as === '' ? {} : { name: as }, Contact), (contact) =>
      setDecision({ what: 'accepted', contact }),
    )
  const dismiss = () =>
    save(api.send('POST', `${path}/dismiss`, undefined, z.undefined()), () =>
      setDecision({ what: 'dismissed' }),
    )
  return (
    <li className={styles.row}>
      <div className={styles.facts}>
        <bdi className={styles.name}>{name || address}</bdi>
        {name !== '' && <bdi>{address}</bdi>}
        <span className={styles.quiet}>
          {emails.toLocaleString()} {emails === 1 ? 'e-mail' : 'e-mails'}, the latest{' '}
          {mailTime(lastAt, now).short}
        </span>
        {typeof saving === 'object' && <ProblemBar title="That was not saved" problem={saving} />}
      </div>
      {naming === 'now' ? (
        <NameForm
          name={name}
          isSaving={saving === 'saving'}
          onNamed={accept}
          onCancel={() => setNaming('no-more')}
        />
      ) : (
        <div className={styles.ways}>
          <Button
            autoFocus={naming === 'no-more'} // where it was before
            aria-label={`Make ${address} a contact`}
            onClick={() => setNaming('now')}
          >
            Make a contact
          </Button>
          <Button
            appearance="subtle"
            aria-label={`Dismiss ${address}`}
            disabledFocusable={saving === 'saving'}
            onClick={dismiss}
          >
            Dismiss
          </Button>
        </div>
      )}
    </li>
  )
}

type NameFormProps = {
  name: string
  isSaving: boolean
  onNamed: (name: string) => void
  onCancel: () => void
}

function NameForm({ name, isSaving, onNamed, onCancel }: NameFormProps) {
  const styles = useRowStyles()
  const [text, setText] = useState(name)
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!isSaving) onNamed(text.trim())
  }
  return (
    <form className={styles.ways} onSubmit={handleSubmit} aria-label="New contact">
      <Field label="Name of the contact">
        <Input
          autoFocus
          value={text}
          maxLength={200}
          onChange={(_event, { value }) => setText(value)}
        />
      </Field>
      <Button type="submit" appearance="primary" disabledFocusable={isSaving}>
        {isSaving ? 'Saving…' : 'Save'}
      </Button>
      <Button onClick={onCancel}>Cancel</Button>
    </form>
  )
}

/** What was decided, where it was: the focus stays in the list. */
function Decided({ decision, address }: { decision: Decision; address: string }) {
  const styles = useRowStyles()
  const words = useRef<HTMLSpanElement>(null)
  useEffect(() => words.current?.focus(), [])
  return (
    <li className={styles.row}>
      <span ref={words} tabIndex={-1} className={styles.facts}>
        {decision.what === 'dismissed'
          ? `${address} is not suggested to you again.`
          : `${nameOf(decision.contact)} is a contact now. Their mail comes to it.`}
      </span>
      {decision.what === 'accepted' && (
        <PageLink to={addresses.contact(decision.contact.id)}>
          Open <bdi>{nameOf(decision.contact)}</bdi>
        </PageLink>
      )}
    </li>
  )
}
