import { MESSAGES } from './messages.ts'
import { OTHER_ITEMS } from './other-items.ts'
import { SIGNING_IN } from './signing-in.ts'
import type { State } from './state.ts'
import { TROUBLES } from './troubles.ts'

/** Every state of the pane, in the order in which one leads to the next. */
export const STATES: State[] = [...SIGNING_IN, ...MESSAGES, ...TROUBLES, ...OTHER_ITEMS]
