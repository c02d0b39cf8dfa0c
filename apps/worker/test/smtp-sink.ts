import { createServer, type Socket } from 'node:net'

export type SinkMail = { from: string; to: string[]; raw: string }
type Options = { port?: number; refuse?: (recipient: string) => number | undefined }

/** A real SMTP server that keeps what it is handed; it can refuse, and it can be away. */
export async function openSmtpSink({ port = 0, refuse }: Options = {}) {
  const mails: SinkMail[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    let mail: SinkMail = { from: '', to: [], raw: '' }
    let isData = false
    let rest = ''
    socket.write('220 sink\r\n')
    const take = (line: string) => {
      if (isData) {
        if (line !== '.') {
          mail.raw += `${line.startsWith('..') ? line.slice(1) : line}\n`
          return
        }
        isData = false
        mails.push(mail)
        mail = { from: '', to: [], raw: '' }
        socket.write('250 taken\r\n')
        return
      }
      const [, verb = ''] = /^(\w+)/.exec(line) ?? []
      const address = /<(.*?)>/.exec(line)?.[1] ?? ''
      if (verb === 'EHLO') socket.write('250-sink\r\n250 8BITMIME\r\n')
      else if (verb === 'MAIL') {
        mail = { from: address, to: [], raw: '' }
        socket.write('250 ok\r\n')
      } else if (verb === 'RCPT') {
        const code = refuse?.(address)
        if (!code) mail.to.push(address)
        socket.write(code ? `${code} no\r\n` : '250 ok\r\n')
      } else if (verb === 'DATA') {
        isData = true
        socket.write('354 go\r\n')
      } else if (verb === 'QUIT') socket.end('221 bye\r\n')
      else socket.write('250 ok\r\n')
    }
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) take(line)
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  const open = typeof address === 'object' && address ? address.port : 0
  return {
    mails,
    port: open,
    url: `smtp://127.0.0.1:${open}`,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** The decoded text part of a mail as the sink got it. */
export function textOf({ raw }: SinkMail): string {
  const unfolded = raw.replace(/\r/g, '')
  const [, boundary = ' '] = /boundary="([^"]+)"/.exec(unfolded) ?? []
  const part =
    unfolded.split(`\n--${boundary}`).find((piece) => /^\n?content-type: text\/plain/i.test(piece)) ?? unfolded
  const [head = '', ...body] = part.trimStart().split('\n\n')
  const text = body.join('\n\n')
  if (/base64/i.test(head)) return Buffer.from(text, 'base64').toString()
  if (!/quoted-printable/i.test(head)) return text
  const bytes = text
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
