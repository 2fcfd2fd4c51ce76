import { EventEmitter } from 'node:events'
import type { LiveEvent } from '../../models/wire/email.ts'
import type { LiveBus, Person } from './ports.ts'

/** Who an event is for: a person, and the administrators of their workspace if it is about what those see as well. */
export type Audience = { workspaceId: string; userId: string; admins?: boolean }

type Listener = (event: LiveEvent) => void

/**
 * Tells open consoles of this process what just happened. A bell like any other: a console that missed one reloads its
 * list when it connects again.
 */
export class ProcessLiveBus implements LiveBus {
  private readonly emitter = new EventEmitter().setMaxListeners(0)

  subscribe(person: Person, listener: Listener): () => void {
    const topics = [topicOf(person), ...(person.roles.includes('admin') ? [adminsOf(person)] : [])]
    for (const topic of topics) this.emitter.on(topic, listener)
    return () => {
      for (const topic of topics) this.emitter.off(topic, listener)
    }
  }

  isHeardBy(audience: Audience): boolean {
    return this.listenersOf(audience).size > 0
  }

  publish(audience: Audience, event: LiveEvent): void {
    for (const listener of this.listenersOf(audience)) listener(event)
  }

  /** An administrator's own news reaches them once. */
  private listenersOf(audience: Audience): Set<Listener> {
    const topics = [topicOf(audience), ...(audience.admins ? [adminsOf(audience)] : [])]
    return new Set(topics.flatMap((topic) => this.emitter.listeners(topic) as Listener[]))
  }
}

const topicOf = ({ workspaceId, userId }: Audience) => `${workspaceId}/${userId}`
/** No user has an empty id. */
const adminsOf = ({ workspaceId }: Pick<Audience, 'workspaceId'>) => `${workspaceId}/`
