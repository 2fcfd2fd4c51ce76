import { Button, useRestoreFocusTarget } from '@fluentui/react-components'
import { Delete20Regular } from '@fluentui/react-icons/svg/delete'
import { useState } from 'react'
import { z } from 'zod'
import { Contact } from '../../../models/wire/contacts/contact.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { navigate } from '../../router/navigate.ts'
import { addresses } from '../../router/route.ts'
import { nameOf } from '../contact-list.tsx'
import { useSaving } from '../../../ui/hooks/use-saving.ts'
import type { EditContactProps } from './edit-contact.tsx'
import { FormDialog } from './form-dialog.tsx'

/** `onChanged`: it is otherwise than it was shown, and was not deleted. */
export type DeleteContactProps = Pick<EditContactProps, 'api' | 'contact' | 'path'> & {
  onChanged: (contact: Contact) => void
}

/** The button "Delete" and the question behind it. */
export function DeleteContact(props: DeleteContactProps) {
  const [open, setOpen] = useState(false)
  const focusTarget = useRestoreFocusTarget()
  return (
    <>
      <Button
        {...focusTarget}
        size="small"
        appearance="subtle"
        icon={<Delete20Regular />}
        aria-label="Delete this contact"
        onClick={() => setOpen(true)}
      >
        Delete
      </Button>
      {open && <DeleteDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

type DeleteDialogProps = DeleteContactProps & { onClose: () => void }

function DeleteDialog({ api, contact, path, onChanged, onClose }: DeleteDialogProps) {
  const announce = useAnnounce()
  const { saving, save } = useSaving()
  const { version } = contact
  const isStale = typeof saving === 'object' && saving.code === 'changed-meanwhile'
  const handleSubmit = () => {
    if (isStale) return save(api.get(path, Contact), onChanged)
    save(api.ifStill(version).send('DELETE', path, undefined, z.undefined()), () => {
      onClose()
      announce('Contact deleted.')
      navigate(addresses.contacts)
    })
  }
  return (
    <FormDialog
      title={`Delete ${nameOf(contact)}?`}
      does={isStale ? 'Load it again' : 'Delete'}
      doing={isStale ? 'Loading…' : 'Deleting…'}
      isDoing={saving === 'saving'}
      onSubmit={handleSubmit}
      onClose={onClose}
    >
      {typeof saving === 'object' && (
        <ProblemBar title="The contact was not deleted" problem={saving} />
      )}
      <span>
        Its notes, tasks and stage go with it. This cannot be undone. The e-mails stay in the CRM,
        for those whose mailboxes have them.
      </span>
    </FormDialog>
  )
}
