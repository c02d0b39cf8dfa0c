import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { testOrigin } from './api.ts'

type Options = { challenge: string; user?: { id: string } }
type Twist = { origin?: string; rpId?: string; verified?: boolean; challenge?: string }
export type Authenticator = {
  id: string
  /** Answers a registration as a browser would. */
  register(options: Options, twist?: Twist): object
  /** Answers a request to prove possession. */
  prove(options: Options, twist?: Twist): object
}

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest()
const base64 = (data: Buffer | string) => Buffer.from(data).toString('base64url')

/** A passkey in software: ES256, discoverable, verifies its user; counts its uses, or not, as one that is shared between devices. */
export function givenAuthenticator({ counts = true } = {}): Authenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(16)
  const jwk = publicKey.export({ format: 'jwk' })
  const coordinate = (value: string | undefined) =>
    Buffer.concat([Buffer.of(0x58, 32), Buffer.from(value ?? '', 'base64url')])
  // COSE: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
  const coseKey = Buffer.concat([
    Buffer.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21),
    coordinate(jwk.x),
    Buffer.of(0x22),
    coordinate(jwk.y),
  ])
  let uses = 0
  let owner: string | undefined

  const clientData = (type: string, { challenge }: Options, twist: Twist) =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: twist.challenge ?? challenge,
        origin: twist.origin ?? testOrigin,
        crossOrigin: false,
      }),
    )
  const authData = (twist: Twist, flags: number, more: Buffer) => {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(counts ? ++uses : 0)
    const isVerified = twist.verified === false ? 0 : 0x04
    return Buffer.concat([sha256(twist.rpId ?? 'localhost'), Buffer.of(0x01 | isVerified | flags), counter, more])
  }
  const answer = (response: object) => ({
    id: base64(id),
    rawId: base64(id),
    type: 'public-key',
    clientExtensionResults: {},
    response,
  })

  return {
    id: base64(id),
    register(options, twist = {}) {
      owner = options.user?.id
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.of(0, id.length), id, coseKey])
      const data = authData(twist, 0x40, credential)
      const text = (word: string) => Buffer.concat([Buffer.of(0x60 + word.length), Buffer.from(word)])
      // CBOR: {fmt: "none", attStmt: {}, authData: bytes}
      const attestation = Buffer.concat([
        Buffer.of(0xa3),
        text('fmt'),
        text('none'),
        text('attStmt'),
        Buffer.of(0xa0),
        text('authData'),
        Buffer.of(0x58, data.length),
        data,
      ])
      return answer({
        clientDataJSON: base64(clientData('webauthn.create', options, twist)),
        attestationObject: base64(attestation),
        transports: ['internal'],
      })
    },
    prove(options, twist = {}) {
      const data = authData(twist, 0, Buffer.alloc(0))
      const client = clientData('webauthn.get', options, twist)
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
      return answer({
        clientDataJSON: base64(client),
        authenticatorData: base64(data),
        signature: base64(signature),
        ...(owner ? { userHandle: owner } : {}),
      })
    },
  }
}
