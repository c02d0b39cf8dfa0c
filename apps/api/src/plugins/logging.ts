import fp from 'fastify-plugin'
import { type Logger, pino } from 'pino'

/** The log of the process. Lines are gathered and written together, because a write for each would cost more than most answers. */
export function openLog(level: string): Logger {
  return pino({ level, name: 'api' }, pino.destination({ fd: 1, sync: false, minLength: 4096, periodicFlush: 1000 }))
}

/** One line for each answer: the route by its pattern and the request's id. Never a query, an id of a thing, or a body (law 5). */
export const loggingPlugin = fp(async (app) => {
  app.addHook('onResponse', (request, reply, done) => {
    if (request.routeOptions.logLevel === 'silent') return done()
    request.log.info({
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    })
    done()
  })
})
