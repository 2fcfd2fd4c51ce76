import { Caption1, makeStyles, tokens } from '@fluentui/react-components'
import type { OpenAttachment } from '../../office/item.ts'
import { Size } from '../language/size.tsx'

/** What does not go along when the message is logged, with sizes. Pictures in the text are no attachments here. */
export function AttachmentsNote({ attachments }: { attachments: OpenAttachment[] }) {
  const styles = useStyles()
  const files = attachments.filter(({ isInline }) => !isInline)
  if (files.length === 0) return null
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  const count = files.length === 1 ? '1 attachment' : `${files.length} attachments`
  return (
    <div className={styles.note}>
      <Caption1>
        {count}, <Size bytes={bytes} />: stays in Outlook, as FlowCRM fetches from connected
        mailboxes only.
      </Caption1>
      <ul className={styles.list} aria-label="Attachments">
        {files.map(({ name, size }, at) => (
          <li key={at}>
            <Caption1 className={styles.file}>
              <bdi>{name}</bdi>, <Size bytes={size} />
            </Caption1>
          </li>
        ))}
      </ul>
    </div>
  )
}

const useStyles = makeStyles({
  note: { display: 'grid', color: tokens.colorNeutralForeground2 },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalL },
  file: { overflowWrap: 'anywhere' },
})
