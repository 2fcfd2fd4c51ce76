import { Button, Link, Spinner, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowDownload16Regular } from '@fluentui/react-icons/svg/arrow-download'
import { useState } from 'react'
import { SupportBundle as Bundle } from '../../../models/wire/health/support-bundle.ts'
import type { Mailbox } from '../../../models/wire/mailbox.ts'
import { toFailure } from '../../../ui/api/api-error.ts'
import type { Api } from '../../../ui/api/client.ts'
import type { Failure } from '../../../ui/api/failure.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { plainList } from '../../shell/look.ts'
import { Disclosure } from '../../disclosure/disclosure.tsx'
import { sectionsOf, type Section } from './sections.ts'

export type SupportBundleProps = { api: Api; mailbox: Mailbox }

/** What one sends to support when a mailbox is not well: put together on request, shown before it is downloaded. */
export function SupportBundle(props: SupportBundleProps) {
  if (props.mailbox.status === 'disconnected') return null
  return <Disclosure title="Support bundle">{() => <Opened {...props} />}</Disclosure>
}

type State = { status: 'idle' | 'making' } | { status: 'made'; bundle: Bundle }

function Opened({ api, mailbox: { id } }: SupportBundleProps) {
  const styles = useStyles()
  const announce = useAnnounce()
  const [state, setState] = useState<State>({ status: 'idle' })
  const [problem, setProblem] = useState<Failure | null>(null)
  const make = () => {
    setState({ status: 'making' })
    setProblem(null)
    api.get(`/api/v1/mailboxes/${encodeURIComponent(id)}/support-bundle`, Bundle).then(
      (bundle) => {
        setState({ status: 'made', bundle })
        announce('The bundle is put together. Look through it, then download it.')
      },
      (error: unknown) => {
        setState({ status: 'idle' })
        setProblem(toFailure(error))
      },
    )
  }
  const isMaking = state.status === 'making'
  return (
    <div className={styles.panel}>
      <p className={styles.text}>
        Figures and codes that help support find a fault. No address, name, subject or text of a
        mail is in it, and nothing is sent: you look through it, download it, and send it yourself.
        That you made it is written into the audit log.
      </p>
      {problem && (
        <ProblemBar title="The bundle was not put together" problem={problem} onRetry={make} />
      )}
      {state.status === 'made' ? (
        <Made bundle={state.bundle} />
      ) : (
        <div>
          <Button
            size="small"
            disabledFocusable={isMaking}
            icon={isMaking ? <Spinner size="tiny" /> : null}
            onClick={make}
          >
            {isMaking ? 'Putting it together…' : 'Put it together'}
          </Button>
        </div>
      )}
    </div>
  )
}

function Made({ bundle }: { bundle: Bundle }) {
  const styles = useStyles()
  return (
    <>
      <ul className={styles.sections} aria-label="What is in the bundle">
        {sectionsOf(bundle).map((section) => (
          <li key={section.title}>
            <SectionPart {...section} />
          </li>
        ))}
      </ul>
      <div>
        <Link
          href={fileOf(bundle)}
          download={`flowcrm-support-bundle-${bundle.at.slice(0, 10)}.json`}
        >
          <ArrowDownload16Regular aria-hidden /> Download the bundle
        </Link>
      </div>
    </>
  )
}

function SectionPart({ title, about, content }: Section) {
  const styles = useStyles()
  return (
    <Disclosure title={title} about={about}>
      {() => (
        // Long ones are moved by themselves, with the keyboard too.
        <pre className={styles.content} role="region" aria-label={title} tabIndex={0}>
          {content === null ? 'Nothing.' : JSON.stringify(content, null, 2)}
        </pre>
      )}
    </Disclosure>
  )
}

/** The bundle as a file of its own, so that what is downloaded is what is shown. */
const fileOf = (bundle: Bundle): string =>
  `data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(bundle, null, 2))}`

const useStyles = makeStyles({
  panel: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    rowGap: tokens.spacingVerticalM,
    paddingBlock: tokens.spacingVerticalS,
    maxWidth: '44rem',
  },
  text: { margin: 0 },
  sections: { ...plainList, display: 'grid', rowGap: tokens.spacingVerticalS },
  content: {
    maxHeight: '18rem',
    overflow: 'auto',
    margin: `${tokens.spacingVerticalXS} 0`,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
})
