import { makeStyles, tokens } from '@fluentui/react-components'
import { initialsOf, placeOf } from '../initials.ts'

/**
 * Somebody's initials in a circle, in a colour that stays theirs; not read aloud, for the name stands beside it.
 * Fluent's Avatar has this too, with pictures, presence and groups: a tenth of the pane's first load.
 */
export function Initials({ name }: { name: string }) {
  return (
    <span aria-hidden className={useStyles().circle} style={COLOURS[placeOf(name, COLOURS.length)]}>
      {initialsOf(name)}
    </span>
  )
}

/** Fluent's pairs for avatars: readable in every theme. */
const COLOURS = [
  {
    background: tokens.colorPaletteDarkRedBackground2,
    color: tokens.colorPaletteDarkRedForeground2,
  },
  { background: tokens.colorPalettePeachBackground2, color: tokens.colorPalettePeachForeground2 },
  { background: tokens.colorPaletteBrassBackground2, color: tokens.colorPaletteBrassForeground2 },
  { background: tokens.colorPaletteForestBackground2, color: tokens.colorPaletteForestForeground2 },
  { background: tokens.colorPaletteTealBackground2, color: tokens.colorPaletteTealForeground2 },
  { background: tokens.colorPaletteSteelBackground2, color: tokens.colorPaletteSteelForeground2 },
  {
    background: tokens.colorPaletteLavenderBackground2,
    color: tokens.colorPaletteLavenderForeground2,
  },
  { background: tokens.colorPalettePlumBackground2, color: tokens.colorPalettePlumForeground2 },
]

const useStyles = makeStyles({
  circle: {
    display: 'inline-grid',
    placeItems: 'center',
    flexShrink: 0,
    width: '32px',
    height: '32px',
    borderRadius: tokens.borderRadiusCircular,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    lineHeight: 1,
    userSelect: 'none',
  },
})
