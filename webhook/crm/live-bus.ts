import { EventEmitter } from 'node:events'
import type { LiveEvent } from '../../models/wire/email.ts'
import type { LiveBus, Person } from './ports.ts'

/** Who an event is for. */
export type Audience = { workspaceId: string; userId: string }

/**
 * Tells open consoles of this process what just happened. A bell like any other: a console that missed one reloads its
 * list when it connects again.
 */
export class ProcessLiveBus implements LiveBus {
  private readonly emitter = new EventEmitter().setMaxListeners(0)

  subscribe(person: Person, listener: (event: LiveEvent) => void): () => void {
    const topic = topicOf(person)
    this.emitter.on(topic, listener)
    return () => void this.emitter.off(topic, listener)
  }

  isHeardBy(audience: Audience): boolean {
    return this.emitter.listenerCount(topicOf(audience)) > 0
  }

  publish(audience: Audience, event: LiveEvent): void {
    this.emitter.emit(topicOf(audience), event)
  }
}

const topicOf = ({ workspaceId, userId }: Audience) => `${workspaceId}/${userId}`
