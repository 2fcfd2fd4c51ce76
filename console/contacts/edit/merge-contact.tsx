import { Button, useRestoreFocusTarget } from '@fluentui/react-components'
import { Merge20Regular } from '@fluentui/react-icons/svg/merge'
import { useState } from 'react'
import { Contact } from '../../../models/wire/contacts/contact.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useSaving } from '../../../ui/hooks/use-saving.ts'
import { ContactChoice } from '../../compliance/people/contact-choice.tsx'
import { MergeDialog } from '../../review/merge-dialog.tsx'
import { navigate } from '../../router/navigate.ts'
import { addresses } from '../../router/route.ts'
import type { ConsoleApi } from '../../signed-in-api.ts'
import { FormDialog } from './form-dialog.tsx'

const MERGED = 'Merged. It can be undone on the page “Review contacts”.'

export type MergeContactProps = {
  api: ConsoleApi
  contact: Contact
  /** The contact as it is then, where it is the one that was kept; else its page is left for the other one's. */
  onMerged: (contact: Contact) => void
}

/** The way from a contact to being one with any other: which one, then both side by side. */
export function MergeContact({ api, contact, onMerged }: MergeContactProps) {
  const focusTarget = useRestoreFocusTarget()
  const announce = useAnnounce()
  const { saving, save } = useSaving()
  const [other, setOther] = useState<Contact | 'to-be-chosen' | null>(null)

  const handleMerged = (otherId: string) => {
    setOther(null)
    const asItIs = (id: string) => api.get(`/api/v1/contacts/${encodeURIComponent(id)}`, Contact)
    // Which one was kept, the reader may have changed.
    save(Promise.all([asItIs(contact.id), asItIs(otherId)]), ([own, others]) => {
      const survivor = own.mergedInto ?? others.mergedInto
      announce(survivor === null ? 'Not merged: one of them was changed meanwhile.' : MERGED)
      if (own.mergedInto === null) onMerged(own)
      else navigate(addresses.contact(own.mergedInto))
    })
  }
  return (
    <>
      <Button
        {...focusTarget}
        size="small"
        appearance="subtle"
        icon={<Merge20Regular />}
        onClick={() => setOther('to-be-chosen')}
      >
        Merge with another contact…
      </Button>
      {typeof saving === 'object' && (
        <ProblemBar title="The contact did not load again" problem={saving} />
      )}
      {other === 'to-be-chosen' && (
        <ChooseOther {...{ api, contact }} onChosen={setOther} onClose={() => setOther(null)} />
      )}
      {other !== null && other !== 'to-be-chosen' && (
        <MergeDialog
          api={api}
          contactIds={[contact.id, other.id]}
          onClose={() => setOther(null)}
          onMerged={() => handleMerged(other.id)}
        />
      )}
    </>
  )
}

type ChooseOtherProps = Pick<MergeContactProps, 'api' | 'contact'> & {
  onChosen: (other: Contact) => void
  onClose: () => void
}

function ChooseOther({ api, contact, onChosen, onClose }: ChooseOtherProps) {
  const [chosen, setChosen] = useState<Contact | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const handleSubmit = () =>
    chosen ? onChosen(chosen) : setProblem('Find the other contact and choose it.')
  return (
    <FormDialog
      title="Merge with another contact"
      does="Compare"
      doing="Comparing…"
      isDoing={false}
      onSubmit={handleSubmit}
      onClose={onClose}
    >
      <span>You see both side by side before anything is merged.</span>
      <ContactChoice
        api={api}
        chosen={chosen}
        onChoose={setChosen}
        problem={chosen ? null : problem}
        withoutId={contact.id}
        nobody="No other contact is like that."
      />
    </FormDialog>
  )
}
