import { Button, useRestoreFocusTarget } from '@fluentui/react-components'
import { Edit20Regular } from '@fluentui/react-icons/svg/edit'
import { useState } from 'react'
import { Contact } from '../../../models/wire/contacts/contact.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import type { ConsoleApi } from '../../signed-in-api.ts'
import { useSaving } from '../../../ui/hooks/use-saving.ts'
import { companyNamed } from './company-field.tsx'
import { ContactFields } from './contact-fields.tsx'
import {
  addressesOf,
  changesOf,
  draftOf,
  faultIn,
  rebased,
  type CompanyChoice,
  type DraftFault,
} from './draft.ts'
import { FormDialog } from './form-dialog.tsx'
import { FormerAddresses } from './former-addresses.tsx'
import { OwnersBar } from './owners-bar.tsx'
import { ownersOf, type Owner } from './owners.ts'

export type EditContactProps = {
  api: ConsoleApi
  contact: Contact
  /** The contact's own path. */
  path: string
  onSaved: (contact: Contact) => void
}

/** The button "Edit" and the dialog behind it. */
export function EditContact(props: EditContactProps) {
  const [open, setOpen] = useState(false)
  const focusTarget = useRestoreFocusTarget()
  return (
    <>
      <Button
        {...focusTarget}
        size="small"
        icon={<Edit20Regular />}
        aria-label="Edit this contact"
        onClick={() => setOpen(true)}
      >
        Edit
      </Button>
      {open && <EditDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

type EditDialogProps = EditContactProps & { onClose: () => void }

function EditDialog({ api, contact, path, onSaved, onClose }: EditDialogProps) {
  const announce = useAnnounce()
  const { saving, save } = useSaving()
  const [seen, setSeen] = useState({ contact, draft: draftOf(contact) })
  const [draft, setDraft] = useState(seen.draft)
  const [fault, setFault] = useState<DraftFault | null>(null)
  const [owners, setOwners] = useState<Owner[]>([])

  const changed = async (): Promise<Contact> => {
    const changes = changesOf(draft, seen.draft, await companyChosen())
    const send = api.ifStill(seen.contact.version).send('PATCH', path, changes, Contact)
    return send.catch(async (error: unknown) => {
      const all = await ownersOf(api, addressesOf(draft))
      setOwners(all.filter((owner) => owner.isExact && owner.contact.id !== contact.id))
      throw error
    })
  }
  const companyChosen = async (): Promise<CompanyChoice> => {
    const company = draft.company.trim()
    if (company === seen.draft.company) return undefined
    return company === '' ? null : companyNamed(api, company)
  }
  const handleSubmit = () => {
    const first = faultIn(draft)
    setFault(first)
    setOwners([])
    if (first) return
    save(changed(), (now) => {
      onSaved(now)
      announce('Contact saved.')
      onClose()
    })
  }
  const handleLoadAgain = () =>
    save(api.get(path, Contact), (now) => {
      const next = draftOf(now)
      setDraft(rebased(draft, seen.draft, next))
      setSeen({ contact: now, draft: next })
      announce('Loaded again. Your changes are kept; look at them, and save.')
    })
  const isStale = typeof saving === 'object' && saving.code === 'changed-meanwhile'
  return (
    <FormDialog
      title="Edit contact"
      does="Save"
      doing="Saving…"
      isDoing={saving === 'saving'}
      onSubmit={handleSubmit}
      onClose={onClose}
    >
      {typeof saving === 'object' && owners.length === 0 && (
        <ProblemBar
          title="The contact was not saved"
          problem={saving}
          {...(isStale && { action: <LoadAgain onClick={handleLoadAgain} /> })}
        />
      )}
      {owners.length > 0 && <OwnersBar owners={owners} />}
      <ContactFields api={api} draft={draft} fault={fault} onChange={setDraft} />
      <FormerAddresses contact={seen.contact} draft={draft} onChange={setDraft} />
    </FormDialog>
  )
}

function LoadAgain({ onClick }: { onClick: () => void }) {
  return (
    <Button size="small" onClick={onClick}>
      Load it again, keep my changes
    </Button>
  )
}
