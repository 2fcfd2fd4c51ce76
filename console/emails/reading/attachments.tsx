import { Link, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowDownload16Regular } from '@fluentui/react-icons/svg/arrow-download'
import { useId } from 'react'
import { AttachmentList, type Attachment } from '../../../models/wire/attachment.ts'
import type { Api } from '../../../ui/api/client.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { fileSize } from '../../../ui/file-size.ts'
import { useLoadable } from '../../../ui/hooks/use-loadable.ts'
import { heading, plainList } from '../../shell/look.ts'

export type AttachmentsProps = {
  api: Api
  /** The e-mail's own path. */
  path: string
  /** Where the bytes are, without the attachment's id. */
  address: string
}

/** The files of a mail, each to be downloaded, or with the reason why not. Pictures in the text are left out. */
export function Attachments({ api, path, address }: AttachmentsProps) {
  const styles = useStyles()
  const titleId = useId()
  const { state, reload } = useLoadable(
    () => api.get(`${path}/attachments`, AttachmentList),
    [api, path],
  )
  if (state.status === 'loading') return null
  if (state.status === 'failed')
    return <ProblemBar title="Its files did not load" problem={state.error} onRetry={reload} />
  const files = state.value.attachments.filter(({ isInline }) => !isInline)
  if (files.length === 0 && state.value.pending === null) return null
  return (
    <section aria-labelledby={titleId}>
      <h2 id={titleId} className={styles.title}>
        Files
      </h2>
      {state.value.pending !== null && <p className={styles.quiet}>More is on its way.</p>}
      <ul className={styles.list} aria-labelledby={titleId}>
        {files.map((file) => (
          <li key={file.id} className={styles.file}>
            <FileName file={file} address={`${address}/${encodeURIComponent(file.id)}`} />
            <span className={styles.quiet}>{factsOf(file)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function FileName({ file, address }: { file: Attachment; address: string }) {
  const name = <bdi>{file.name || 'File without a name'}</bdi>
  if (file.state === 'stored')
    return (
      <Link href={address} download>
        <ArrowDownload16Regular aria-hidden /> {name}
      </Link>
    )
  return file.outlookLink === null ? (
    name
  ) : (
    <Link href={file.outlookLink} target="_blank" rel="noreferrer">
      {name} (in Outlook)
    </Link>
  )
}

const WORDS: Record<Exclude<Attachment['state'], 'stored'>, string> = {
  pending: 'on its way',
  scanning: 'held back by a virus scanner',
  'over-limit': 'larger than your plan keeps',
  reference: 'a file in somebody’s cloud',
  'left-out': 'left out by whoever logged the mail',
  failed: 'could not be fetched',
}

const factsOf = ({ state, size }: Attachment): string =>
  state === 'stored' ? fileSize(size) : WORDS[state]

const useStyles = makeStyles({
  title: { ...heading, fontSize: tokens.fontSizeBase300 },
  list: plainList,
  file: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    columnGap: tokens.spacingHorizontalS,
    overflowWrap: 'anywhere',
  },
  quiet: {
    margin: 0,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
  },
})
