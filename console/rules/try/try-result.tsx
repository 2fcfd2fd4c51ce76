import { makeStyles, tokens } from '@fluentui/react-components'
import type { DryRun } from '../../../models/wire/rules.ts'
import { ruleWords } from '../never-log/words.ts'
import { Changes } from './changes.tsx'

const FIGURES = [
  { of: 'added', word: 'added', means: 'It would be stored.' },
  { of: 'removed', word: 'removed', means: 'Nobody else has it, so it would go.' },
  { of: 'hidden', word: 'hidden', means: 'It stays with colleagues who have it, too.' },
] as const

export type TryResultProps = { told: DryRun; address: string }

/** What rules would do: how many mails they concern, why, and which. */
export function TryResult({ told, address }: TryResultProps) {
  const styles = useStyles()
  const { reasons, changes } = told
  return (
    <div className={styles.result} role="group" aria-label="What would happen">
      <p className={styles.text} role="status">
        {summaryOf(told, address)}
      </p>
      {changes.length > 0 && (
        <ul className={styles.figures} aria-label="In figures">
          {FIGURES.map(({ of, word, means }) => (
            <li key={of} className={styles.figure}>
              <strong className={styles.number}>{told[of].toLocaleString()}</strong> {word}
              <span className={styles.quiet}>{means}</span>
            </li>
          ))}
        </ul>
      )}
      {reasons.length > 0 && (
        <table className={styles.table}>
          <caption className={styles.caption}>Why mail is left out</caption>
          <thead>
            <tr>
              <th scope="col">Reason</th>
              <th scope="col" className="number">
                Mails
              </th>
            </tr>
          </thead>
          <tbody>
            {reasons.map(({ reason, sentence, messages, rule }) => (
              <tr key={reason}>
                <td>
                  {sentence}
                  {rule && <div className={styles.quiet}>{ruleWords(rule)}</div>}
                </td>
                <td className="number">{messages.toLocaleString()}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Changes told={told} />
    </div>
  )
}

function summaryOf({ looked, changes }: DryRun, address: string): string {
  if (looked === 0) return `There is no mail in the watched folders of ${address} yet.`
  const whose = `Of the last ${looked.toLocaleString()} ${looked === 1 ? 'mail' : 'mails'} of ${address}`
  return changes.length === 0 ? `${whose}, none would change.` : `${whose} would be:`
}

const useStyles = makeStyles({
  result: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    rowGap: tokens.spacingVerticalM,
  },
  text: { margin: 0 },
  figures: {
    display: 'grid',
    gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
    gap: tokens.spacingHorizontalS,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  figure: {
    padding: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  number: {
    display: 'block',
    fontSize: tokens.fontSizeBase600,
    lineHeight: tokens.lineHeightBase600,
    fontVariantNumeric: 'tabular-nums',
  },
  quiet: {
    display: 'block',
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    overflowWrap: 'anywhere',
  },
  table: {
    width: '100%',
    borderCollapse: 'collapse',
    '& th, & td': {
      padding: `${tokens.spacingVerticalXS} 0`,
      borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
      textAlign: 'start',
      verticalAlign: 'top',
    },
    '& th': { fontWeight: tokens.fontWeightSemibold },
    '& .number': {
      paddingInlineStart: tokens.spacingHorizontalM,
      textAlign: 'end',
      fontVariantNumeric: 'tabular-nums',
    },
  },
  caption: { textAlign: 'start', fontWeight: tokens.fontWeightSemibold },
})
