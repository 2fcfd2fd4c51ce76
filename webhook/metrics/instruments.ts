import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

const QUICK_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 10]
const PATIENT_S = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300]
const DELAY_S = [0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3_600, 14_400]
const PAGE_SIZES = [10, 25, 50, 100, 200, 350, 500]

/**
 * Every metric of the service; docs/operations.md explains them in a table that a test holds against this one. A label
 * is a word out of a short list of ours: never an id, an address or a text of somebody.
 */
export function createInstruments(register: Registry) {
  const registers = [register]
  const counter = <L extends string = never>(name: string, help: string, labelNames: L[] = []) =>
    new Counter({ name: `flowcrm_${name}`, help, labelNames, registers })
  const gauge = <L extends string = never>(name: string, help: string, labelNames: L[] = []) =>
    new Gauge({ name: `flowcrm_${name}`, help, labelNames, registers })
  const histogram = <L extends string = never>(
    name: string,
    help: string,
    { buckets, labelNames = [] }: { buckets: number[]; labelNames?: L[] },
  ) => new Histogram({ name: `flowcrm_${name}`, help, labelNames, buckets, registers })

  return {
    notifications: counter('notifications_total', 'Notifications of Graph by what became of them', [
      'outcome',
    ]),
    acknowledgement: histogram('acknowledgement_seconds', 'Time to answer Graph’s posts', {
      buckets: QUICK_S,
      labelNames: ['status'],
    }),

    graphRequests: counter('graph_requests_total', 'Requests to Graph', ['operation', 'outcome']),
    graphRequestTime: histogram('graph_request_seconds', 'Time of a request to Graph', {
      buckets: PATIENT_S,
      labelNames: ['operation'],
    }),
    graphWaits: histogram('graph_wait_seconds', 'Waits before a request, for Graph’s limits', {
      buckets: PATIENT_S,
      labelNames: ['cause'],
    }),

    passTime: histogram('pass_seconds', 'Time of a pass over a folder', { buckets: PATIENT_S }),
    passFailures: counter('pass_failures_total', 'Passes that failed and are repeated', ['code']),
    pageSize: histogram('page_messages', 'Changes in a page that was applied', {
      buckets: PAGE_SIZES,
    }),
    messages: counter('messages_total', 'Messages decided on, by verdict', ['verdict']),
    quarantined: counter('quarantined_total', 'Messages put aside since they could not be stored'),
    newEmails: counter('new_emails_total', 'E-mails that were not known before'),
    attachments: counter('attachments_total', 'Attachments by what became of them', ['state']),
    delay: histogram('message_delay_seconds', 'From a new mail’s receipt to our store, split', {
      buckets: DELAY_S,
      labelNames: ['part'],
    }),

    reconciles: counter('reconciles_total', 'Comparisons of a folder with the ledger', ['result']),
    repairs: counter('repairs_total', 'What comparisons found wrong and mended', ['what']),

    storeErrors: counter('store_errors_total', 'Failures of the database, by where', ['where']),
    outages: counter('outages_total', 'Times when no instance had been awake'),

    storeUp: gauge('store_up', '1 when the database answered this scrape'),
    folders: gauge('folders', 'Watched folders by state of work', ['state']),
    backfill: gauge('backfill_messages', 'Messages of first passes under way', ['what']),
    subscriptions: gauge('subscriptions', 'Subscriptions at Graph by life left', ['state']),
    mailboxes: gauge('mailboxes', 'Mailboxes by the colour of their light', ['light']),
    instances: gauge('instances', 'Instances awake'),
    build: gauge('build_info', 'Always 1', ['version']),
  }
}

export type Instruments = ReturnType<typeof createInstruments>
