import { makeKeysReady } from '../../sandbox/sign-in/state/ready-keys.ts'

/** Once, before the first suite: what every suite would make again. */
export default function beforeAll(): void {
  makeKeysReady(4)
}
