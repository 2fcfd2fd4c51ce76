import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from '@fluentui/react-components'
import type { RetentionPreview } from '../../../models/wire/ending/ending.ts'
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
    <Dialog open modalType="alert" onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Keep mail for {dayWords(retentionDays)}?</DialogTitle>
          <DialogContent>
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
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>Cancel</Button>
            </DialogTrigger>
            <Button appearance="primary" onClick={onSave}>
              {emails === 0 ? 'Save' : 'Save and remove'}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
