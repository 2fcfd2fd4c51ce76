import { collectDefaultMetrics, Registry } from 'prom-client'
import { isSameText } from '../keys/same-text.ts'
import { SERVICE_VERSION } from '../version.ts'
import { createInstruments, type Instruments } from './instruments.ts'

/** A service's own figures, apart from those of any other in the same process, and who may read them. */
export class Metrics {
  readonly registry = new Registry()
  readonly instruments: Instruments = createInstruments(this.registry)
  private readonly token: string | null

  constructor({ token }: { token: string | null }) {
    this.token = token
    this.instruments.build.set({ version: SERVICE_VERSION }, 1)
    // Watching a process cannot be ended, so it begins only where somebody may read the result.
    if (this.isOffered) collectDefaultMetrics({ register: this.registry })
  }

  get isOffered(): boolean {
    return this.token !== null
  }

  mayRead(givenToken: string): boolean {
    return this.token !== null && isSameText(givenToken, this.token)
  }

  close(): void {
    this.registry.clear()
  }
}
