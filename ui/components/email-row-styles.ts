import { makeStyles, tokens } from '@fluentui/react-components'

const oneLine = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const

const wide = '@media (min-width: 720px)'

/** Narrow: each thing on a line of its own, the time beside the sender. Wide: time and sightings in a column. */
export const useEmailRowStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    gridTemplateAreas: `
      "avatar people when"
      "avatar subject subject"
      "avatar preview preview"
      "avatar sightings sightings"
    `,
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    '&:last-child': { borderBottomStyle: 'none' },
    [wide]: {
      gridTemplateColumns: 'auto minmax(0, 1fr) fit-content(15rem)',
      gridTemplateRows: 'auto auto 1fr',
      gridTemplateAreas: `
        "avatar people when"
        "avatar subject sightings"
        "avatar preview sightings"
      `,
    },
  },
  /** Colour fades for those who like motion; the word "New" stays for everybody. */
  fresh: {
    '@media (prefers-reduced-motion: no-preference)': {
      animationName: {
        from: { backgroundColor: tokens.colorBrandBackground2Hover },
        to: { backgroundColor: 'transparent' },
      },
      animationDuration: '2s',
      animationTimingFunction: tokens.curveEasyEase,
    },
  },
  avatar: { gridArea: 'avatar', marginBlockStart: tokens.spacingVerticalXXS },
  people: {
    gridArea: 'people',
    display: 'flex',
    columnGap: tokens.spacingHorizontalS,
    alignItems: 'baseline',
  },
  from: { ...oneLine, fontWeight: tokens.fontWeightSemibold },
  to: {
    ...oneLine,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    '@media (max-width: 479px)': { display: 'none' },
  },
  // The provider says `left`; text that runs from right to left starts at the right.
  subject: {
    ...oneLine,
    gridArea: 'subject',
    textAlign: 'start',
    '& > button': { ...oneLine, maxWidth: '100%', verticalAlign: 'bottom' }, // a button is cut by itself
  },
  // A link has a weight of its own.
  unread: {
    fontWeight: tokens.fontWeightBold,
    '& > button': { fontWeight: tokens.fontWeightBold },
  },
  preview: {
    ...oneLine,
    gridArea: 'preview',
    textAlign: 'start',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
  },
  when: {
    gridArea: 'when',
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'end',
    columnGap: tokens.spacingHorizontalS,
    whiteSpace: 'nowrap',
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
  mark: { display: 'inline-flex' },
  sightings: {
    gridArea: 'sightings',
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
    [wide]: { textAlign: 'end' },
  },
})
