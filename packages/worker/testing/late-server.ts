import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** Passes connections on `port` of this machine on to another server, from now on: to whoever was told of
 *  `port` before, the server has been away until then. Returns how to end it. */
export async function openLate(port: number, url: string): Promise<() => Promise<void>> {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => {}).on('close', () => other.destroy())
    }
    near.pipe(far).pipe(near)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return async () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
}
