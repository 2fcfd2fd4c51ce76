import type { RetentionPreview } from '../../../models/wire/ending/ending.ts'
import { ConfirmDialog } from '../../../ui/components/confirm-dialog.tsx'
import { dayWords } from './retention-words.ts'

export type ShorterDialogProps = {
  preview: RetentionPreview
  onClose: () => void
  onSave: () => void
}

/** What keeping mail for so long would remove now, before it is saved. Mounted while it is open. */
export function ShorterDialog({ preview, onClose, onSave }: ShorterDialogProps) {
  const { retentionDays, before, emails, of } = preview
  const all = of === 1 ? 'the one e-mail' : `the ${of.toLocaleString()} e-mails`
  const day = new Date(before).toLocaleDateString()
  return (
    <ConfirmDialog
      title={`Keep mail for ${dayWords(retentionDays)}?`}
      confirm={emails === 0 ? 'Save' : 'Save and remove'}
      onConfirm={onSave}
      onClose={onClose}
    >
      <p>
        {emails === 0 ? (
          'Nothing that is in the CRM now is older. From then on mail goes when its time is over.'
        ) : (
          <>
            <strong>
              {emails.toLocaleString()} of {all} in the CRM would go
            </strong>{' '}
            within an hour or two: received before {day}. This cannot be undone.
          </>
        )}
      </p>
    </ConfirmDialog>
  )
}
