import {
  Body1,
  Button,
  Field,
  Input,
  makeStyles,
  Spinner,
  tokens,
} from '@fluentui/react-components'
import { useState, type FormEvent } from 'react'
import type { Contact } from '../../../../models/wire/contacts/contact.ts'
import type { Party } from '../../../../models/wire/email.ts'
import { toFailure } from '../../../../ui/api/api-error.ts'
import type { Failure } from '../../../../ui/api/failure.ts'
import { ProblemBar } from '../../../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../../../ui/hooks/use-loadable.ts'
import type { Crm } from '../../pane/crm.ts'
import type { Pane } from '../../pane/pane.ts'
import { Candidates } from './candidates.tsx'

export type CreateContactProps = {
  party: Party
  pane: Pane
  /** The contact is there; says so. */
  onDone: (words: string) => Promise<void>
}

/** Looks for the person first; whoever is not among those found is created. */
export function CreateContact({ party: { name, address }, pane, onDone }: CreateContactProps) {
  const styles = useStyles()
  const [wanted, setWanted] = useState(name)
  const [saving, setSaving] = useState(false)
  const [problem, setProblem] = useState<Failure | null>(null)
  const { state, reload } = useLoadable(() => pane.ask((crm) => search(crm, { name, address })), [])
  const save = async (words: string, change: (crm: Crm) => Promise<Contact>) => {
    setSaving(true)
    try {
      await pane.ask(change)
      await onDone(words)
    } catch (error) {
      setProblem(toFailure(error))
      setSaving(false)
    }
  }
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    const contact = { name: wanted, addresses: [address] }
    void save('Contact created.', (crm) => crm.createContact(contact))
  }
  if (state.status === 'loading') return <Spinner size="tiny" label="Looking for the same person" />
  if (state.status === 'failed')
    return <ProblemBar title="No search was possible" problem={state.error} onRetry={reload} />
  return (
    <div className={styles.create}>
      {state.value.length > 0 ? (
        <Candidates
          contacts={state.value}
          disabled={saving}
          onChoose={({ id: contactId }) =>
            void save('Address added.', (crm) => crm.addAddress({ contactId, address }))
          }
        />
      ) : (
        <Body1 className={styles.nobody}>No contact has this name or address.</Body1>
      )}
      <form className={styles.form} onSubmit={handleSubmit}>
        <Field label="Name">
          <Input
            autoFocus={state.value.length === 0} // else those who were found come first
            className={styles.name}
            value={wanted}
            maxLength={200}
            onChange={(_event, { value }) => setWanted(value)}
          />
        </Field>
        <Button
          type="submit"
          className={styles.save}
          appearance="primary"
          disabledFocusable={saving}
        >
          {saving ? 'Saving…' : 'Create'}
        </Button>
      </form>
      {problem && <ProblemBar title="The contact was not saved" problem={problem} />}
    </div>
  )
}

/** By address and by name, each contact once. */
async function search(crm: Crm, { name, address }: Party): Promise<Contact[]> {
  const asked = [address, ...(name.trim() ? [name.trim().slice(0, 320)] : [])]
  const found = await Promise.all(asked.map((q) => crm.findContacts(q)))
  return [...new Map(found.flat().map((contact) => [contact.id, contact])).values()]
}

const useStyles = makeStyles({
  create: { display: 'grid', rowGap: tokens.spacingVerticalS, width: '100%' },
  form: { display: 'grid', rowGap: tokens.spacingVerticalS },
  name: { width: '100%', minWidth: 0 },
  save: { justifySelf: 'start' },
  nobody: { color: tokens.colorNeutralForeground2 },
})
