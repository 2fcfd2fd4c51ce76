import { Button, Link, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowDownload16Regular } from '@fluentui/react-icons/svg/arrow-download'
import { useRef, type ChangeEvent } from 'react'
import type { Failure } from '../../../ui/api/failure.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'

export type ChooseFileProps = {
  /** What was wrong with the last one. */
  failure: Failure | null
  onChosen: (file: File) => void
}

/** The way to a file, and what must be in it. */
export function ChooseFile({ failure, onChosen }: ChooseFileProps) {
  const styles = useStyles()
  const input = useRef<HTMLInputElement>(null)
  const handleChange = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const [file] = currentTarget.files ?? []
    if (file) onChosen(file)
    currentTarget.value = '' // the same file, mended, can be chosen again
  }
  return (
    <>
      {failure && <ProblemBar title="The file was not looked at" problem={failure} />}
      <p className={styles.text}>
        A CSV file, as Excel, Outlook and other address books save it. Its first row names the
        columns: one of e-mail addresses, and if you like name, company, job title and phone. You
        see what would happen before anything is imported.
      </p>
      <div className={styles.ways}>
        <Button appearance="primary" onClick={() => input.current?.click()}>
          Choose a file
        </Button>
        <Link href={TEMPLATE} download="flowcrm-contacts.csv">
          <ArrowDownload16Regular aria-hidden /> Download a template
        </Link>
        <input
          ref={input}
          type="file"
          accept=".csv,text/csv"
          aria-label="CSV file"
          className={styles.input}
          tabIndex={-1}
          onChange={handleChange}
        />
      </div>
    </>
  )
}

/** With the mark by which Excel knows that it is UTF-8. */
const TEMPLATE = `data:text/csv;charset=utf-8,${encodeURIComponent(
  '\uFEFFName,E-mail,Company,Job title,Phone\r\n' +
    'Carol Jones,carol@example.com,Example Ltd,Buyer,+1 555 0100\r\n',
)}`

const useStyles = makeStyles({
  text: { margin: 0 },
  ways: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalL,
  },
  input: { display: 'none' }, // the button does it
})
