import { request, type Server } from 'node:http'
import type { Post, PostReply, PostRequest } from '../../../sandbox/graph/delivery/post.ts'
import { cable } from './network.ts'
import type { Rest } from './rest.ts'

/** How Graph's notifications reach the service: HTTP, over a cable inside this process. */
export const postLine =
  (rest: Rest, door: () => Server | undefined): Post =>
  (url, message) => {
    const server = door()
    rest.beat()
    return server ? post(server, url, message) : Promise.reject(new Error('connection refused'))
  }

function post(server: Server, url: string, { body, headers, signal }: PostRequest) {
  const [client, accepted] = cable()
  server.emit('connection', accepted)
  const { pathname, search, host } = new URL(url)
  return new Promise<PostReply>((resolve, reject) => {
    const options = {
      method: 'POST',
      path: pathname + search,
      headers: { ...headers, host, 'content-length': Buffer.byteLength(body), connection: 'close' },
      createConnection: () => client,
      signal,
    }
    request(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          body: Buffer.concat(chunks).toString(),
        }),
      )
    })
      .on('error', reject)
      .end(body)
  })
}
