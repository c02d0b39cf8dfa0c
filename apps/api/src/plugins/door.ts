import type { DoorContext } from '@meedenk/actions/people/start-session'
import { deviceOf } from '@meedenk/domain/people/device'
import type { FastifyRequest } from 'fastify'
import type { Deps } from '../app.ts'
import { networkOf } from './network.ts'

/** The context of an action at the door, with where the asker comes from. */
export function asDoorContext(request: FastifyRequest, deps: Deps): DoorContext {
  return {
    ...request.asContext(),
    secret: deps.secret,
    origin: deps.origin,
    network: networkOf(request.ip),
    device: deviceOf(request.headers['user-agent'] ?? ''),
  }
}
