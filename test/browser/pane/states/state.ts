import type { ThemeName } from '../../../../sandbox/outlook/page/theme-colours.ts'
import type { Stage } from '../stage.ts'

/** One thing that people can meet in the pane. States follow one another on one stage, in the order of the tables. */
export type State = {
  /** Also the name of its picture. */
  name: string
  /** As a sentence of the suite. */
  title: string
  reach: (stage: Stage) => Promise<unknown>
  /** What a person must read. */
  says: (string | RegExp)[]
  /** Looked at in these as well as in light: where there are colours that no state before has shown. */
  themes?: ThemeName[]
  /** Puts in order what the next state does not expect. */
  leave?: (stage: Stage) => Promise<unknown>
}

export const EVERY_THEME: ThemeName[] = ['dark', 'contrast']
