import { makeStyles, tokens } from '@fluentui/react-components'
import { plainList } from '../shell/look.ts'

/** A list inside a section: what holds on one side, what can be done about it on the other, below it where there is no room. */
export const useRowStyles = makeStyles({
  list: { ...plainList, display: 'grid' },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
    paddingBlock: tokens.spacingVerticalS,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
  },
  words: { flex: '1 1 14rem', minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
})
