import { colleagues } from './conversations/colleagues.ts'
import { enquiries } from './conversations/enquiries.ts'
import { fabrikam } from './conversations/fabrikam.ts'
import { farEast } from './conversations/far-east.ts'
import { listsAndRobots } from './conversations/lists-and-robots.ts'
import { litware } from './conversations/litware.ts'
import { meetings } from './conversations/meetings.ts'
import { northwind } from './conversations/northwind.ts'
import { oddities } from './conversations/oddities.ts'
import { rightToLeft } from './conversations/right-to-left.ts'
import { tailspin } from './conversations/tailspin.ts'
import type { Letter } from './letter.ts'

/** All that was written, by theme. */
export const everyLetter = (): Letter[] =>
  [
    northwind,
    fabrikam,
    tailspin,
    litware,
    farEast,
    rightToLeft,
    meetings,
    colleagues,
    enquiries,
    listsAndRobots,
    oddities,
  ].flatMap((theme) => theme())
