import { makeStyles, tokens } from '@fluentui/react-components'
import { card, plainList } from '../shell/look.ts'

/** Lists of things to decide: facts on one side, what can be done on the other, below it where there is no room. */
export const useRowStyles = makeStyles({
  list: { ...plainList, ...card },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    ':not(:first-child)': {
      borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
    },
  },
  facts: {
    display: 'grid',
    flexBasis: '18rem',
    flexGrow: 1,
    minWidth: 0,
    overflowWrap: 'anywhere',
  },
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  ways: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: tokens.spacingHorizontalS },
  text: { margin: 0 },
})
