import type { Logger } from './logger.ts'

/** One helper per business event, with ids only: no subjects, bodies, addresses or tokens ever reach a log. */
export function createEvents(log: Logger) {
  return {
    pageApplied: (fields: { mailboxId: string; newEmails: number }) =>
      log.debug(fields, 'page applied'),
    folderFailed: ({ error, ...fields }: { folderId: string; errorCode: string; error: unknown }) =>
      log.warn({ ...fields, err: error }, 'a pass over a folder failed'),
    workerFailed: (error: unknown) =>
      log.error({ err: error }, 'the worker could not go on; trying again'),
    housekeepingFailed: (error: unknown) =>
      log.error({ err: error }, 'housekeeping failed; trying again'),
    notificationRefused: (fields: { subscriptionId: string; reason: string }) =>
      log.warn(fields, 'a notification was refused'),
    mailboxNotShown: (error: unknown) =>
      log.warn({ err: error }, 'a change could not be shown live; pages show it when they load'),
    started: (fields: { port: number; addinPort: number }) => log.info(fields, 'the service is up'),
    stopped: () => log.info('the service has stopped'),
  }
}
export type Events = ReturnType<typeof createEvents>
