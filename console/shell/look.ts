import { tokens } from '@fluentui/react-components'

/** A card. Its edge is seen in high contrast only, where shadows and backgrounds are not. */
export const card = {
  backgroundColor: tokens.colorNeutralBackground1,
  border: `${tokens.strokeWidthThin} solid ${tokens.colorTransparentStroke}`,
  borderRadius: tokens.borderRadiusXLarge,
  boxShadow: tokens.shadow4,
} as const

/** A heading of the size that cards and panels have. */
export const heading = {
  margin: 0,
  fontSize: tokens.fontSizeBase400,
  lineHeight: tokens.lineHeightBase400,
  fontWeight: tokens.fontWeightSemibold,
} as const

/** A list that is one to those who listen, without its dots. */
export const plainList = { listStyleType: 'none', margin: 0, padding: 0 } as const

/**
 * For the rows of long lists, beside a `containIntrinsicSize`: those beyond the screen are not laid out or painted.
 * Nothing of a row is painted beyond its edges then.
 */
export const unseenIsFree = {
  contentVisibility: 'auto',
  '@media print': { contentVisibility: 'visible' },
} as const

/** For what leads elsewhere: on paper it leads nowhere. */
export const notOnPaper = { '@media print': { display: 'none' } } as const
