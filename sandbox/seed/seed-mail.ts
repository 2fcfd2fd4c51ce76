import { everyLetter } from './every-letter.ts'
import { copiesOf, type SeedMail } from './post-office.ts'

export { seedPeople } from './people.ts'
export type { SeedMail } from './post-office.ts'

/** A fortnight of mail before `now`, newest last; only its dates depend on `now`. */
export function seedMails(now: Date): SeedMail[] {
  return everyLetter()
    .flatMap((letter) => copiesOf(letter, now))
    .sort((one, other) => one.receivedAt.getTime() - other.receivedAt.getTime())
}
