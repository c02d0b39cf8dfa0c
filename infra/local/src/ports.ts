import { createServer } from 'node:net'

/** Loopback has two families; a port is only ours when both are free. */
const hosts = ['127.0.0.1', '::1']
const familyIsAbsent = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'])

function listen(port: number, host: string): Promise<{ isFree: boolean; port: number }> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ isFree: familyIsAbsent.has(error.code ?? ''), port }),
    )
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      const bound = typeof address === 'object' && address ? address.port : port
      server.close(() => resolve({ isFree: true, port: bound }))
    })
  })
}

/** Says whether nobody listens on this port of this machine. */
export async function isPortFree(port: number): Promise<boolean> {
  for (const host of hosts) {
    if (!(await listen(port, host)).isFree) return false
  }
  return true
}

/** Gives a free port: the preferred one, one just above it, or any. */
export async function findPort(preferred?: number): Promise<number> {
  for (let step = 0; preferred && step < 10; step++) {
    if (await isPortFree(preferred + step)) return preferred + step
  }
  for (let attempt = 0; attempt < 20; attempt++) {
    const { port } = await listen(0, '127.0.0.1')
    if (await isPortFree(port)) return port
  }
  throw new Error('No free port found on this machine.')
}
