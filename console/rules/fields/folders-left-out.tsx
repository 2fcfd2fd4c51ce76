import { Checkbox } from '@fluentui/react-components'
import type { WatchedFolder } from '../../../models/wire/mailbox.ts'
import { PageLink } from '../../router/page-link.tsx'
import { addresses } from '../../router/route.ts'
import { plainList } from '../../shell/look.ts'
import { Section } from '../../shell/section.tsx'

export type FoldersLeftOutProps = {
  folders: readonly WatchedFolder[]
  /** Their ids. */
  excluded: readonly string[]
  onChange: (excluded: string[]) => void
}

/** Which of the watched folders are watched for nothing but the account of them. */
export function FoldersLeftOut({ folders, excluded, onChange }: FoldersLeftOutProps) {
  return (
    <Section
      title="Folders left out"
      intro="FlowCRM accounts for the mail in these folders, and stores none of it."
    >
      {folders.length === 0 ? (
        <p style={{ margin: 0 }}>
          This mailbox watches no folder yet.{' '}
          <PageLink inline to={addresses.mailboxes}>
            Choose folders
          </PageLink>
        </p>
      ) : (
        <ul style={plainList} aria-label="Folders left out">
          {folders.map(({ id, displayName }) => (
            <li key={id}>
              <Checkbox
                label={<bdi>{displayName}</bdi>}
                checked={excluded.includes(id)}
                onChange={(_event, { checked }) =>
                  onChange(
                    checked === true ? [...excluded, id] : excluded.filter((each) => each !== id),
                  )
                }
              />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
