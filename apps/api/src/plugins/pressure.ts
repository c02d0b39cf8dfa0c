import underPressure from '@fastify/under-pressure'
import { ProductError } from '@meedenk/domain/errors'
import fp from 'fastify-plugin'
import type { Deps } from '../app.ts'

/** Under pressure the product says so at once; only in production, because a busy test machine would refuse its own tests. */
export const pressurePlugin = fp(async (app, deps: Deps) => {
  if (!deps.production) return
  await app.register(underPressure, {
    maxEventLoopDelay: 1000,
    maxEventLoopUtilization: 0.98,
    pressureHandler: () => {
      throw new ProductError('busy', { retryAfter: 5 })
    },
  })
})
