import { ComposeDesk, type ComposeDeskParts } from './compose-desk.ts'
import { KeepOut, type KeepOutParts } from '../rules/keep-out.ts'
import { PaneDesk, type PaneDeskParts } from '../pane/pane-desk.ts'

/** What the add-in's pane asks for: beside a message that is open, and beside one that is being written. */
export const openPane = (parts: PaneDeskParts & ComposeDeskParts & KeepOutParts) => ({
  paneDesk: new PaneDesk(parts),
  composeDesk: new ComposeDesk(parts),
  keepOut: new KeepOut(parts),
})
