import { Button, useRestoreFocusTarget } from '@fluentui/react-components'
import { PersonAdd20Regular } from '@fluentui/react-icons/svg/person-add'
import { useState } from 'react'
import { Contact } from '../../../models/wire/contacts/contact.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import type { ConsoleApi } from '../../signed-in-api.ts'
import { navigate } from '../../router/navigate.ts'
import { addresses } from '../../router/route.ts'
import { useSaving } from '../../../ui/hooks/use-saving.ts'
import { companyNamed } from './company-field.tsx'
import { ContactFields } from './contact-fields.tsx'
import { addressesOf, emptyDraft, faultIn, newContactOf, type DraftFault } from './draft.ts'
import { FormDialog } from './form-dialog.tsx'
import { OwnersBar } from './owners-bar.tsx'
import { ownersOf, type Owner } from './owners.ts'

/** The button "New contact" and the dialog behind it. */
export function CreateContact({ api }: { api: ConsoleApi }) {
  const [open, setOpen] = useState(false)
  const focusTarget = useRestoreFocusTarget()
  return (
    <>
      <Button
        {...focusTarget}
        appearance="primary"
        icon={<PersonAdd20Regular />}
        onClick={() => setOpen(true)}
      >
        New contact
      </Button>
      {open && <CreateDialog api={api} onClose={() => setOpen(false)} />}
    </>
  )
}

/** Looks first whether somebody has these addresses already; then there is nothing to be made, or it is asked twice. */
function CreateDialog({ api, onClose }: { api: ConsoleApi; onClose: () => void }) {
  const announce = useAnnounce()
  const { saving, save } = useSaving()
  const [draft, setDraft] = useState(emptyDraft)
  const [fault, setFault] = useState<DraftFault | null>(null)
  const [found, setFound] = useState<{ owners: Owner[]; of: string } | null>(null)
  const of = addressesOf(draft).join('\n')
  const shown = found?.of === of ? found.owners : []
  const isTaken = shown.some(({ isExact }) => isExact)

  const handleSubmit = () => {
    const first = faultIn(draft)
    setFault(first)
    if (first || isTaken) return
    save(created(), (contact) => {
      if (contact === null) return
      onClose()
      announce('Contact created.')
      navigate(addresses.contact(contact.id))
    })
  }
  const created = async (): Promise<Contact | null> => {
    if (shown.length === 0 && (await isKnown())) return null
    const company = draft.company.trim()
    const companyId = company === '' ? undefined : await companyNamed(api, company)
    const send = api.send('POST', '/api/v1/contacts', newContactOf(draft, companyId), Contact)
    return send.catch(async (error: unknown) => {
      if (await isKnown()) return null // somebody was faster
      throw error
    })
  }
  const isKnown = async (): Promise<boolean> => {
    const owners = await ownersOf(api, addressesOf(draft))
    setFound({ owners, of })
    return owners.length > 0
  }
  return (
    <FormDialog
      title="New contact"
      does={shown.length > 0 && !isTaken ? 'Create anyway' : 'Create'}
      doing="Creating…"
      isDoing={saving === 'saving'}
      onSubmit={handleSubmit}
      onClose={onClose}
    >
      {typeof saving === 'object' && (
        <ProblemBar title="The contact was not created" problem={saving} />
      )}
      {shown.length > 0 && <OwnersBar owners={shown} />}
      <ContactFields
        api={api}
        draft={draft}
        fault={fault}
        companyHint="Left empty, it is the company that has the first address’s domain."
        onChange={setDraft}
      />
    </FormDialog>
  )
}
