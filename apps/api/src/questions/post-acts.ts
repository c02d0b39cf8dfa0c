import type { Context } from '@meedenk/actions/context'
import { Id, Nothing } from '@meedenk/domain/pages'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../app.ts'

type App = Parameters<FastifyPluginAsyncZod<Deps>>[0]
type Route = { method: 'PUT' | 'DELETE'; url: string; summary: string }

/** Who may act on a post: the rest depends on the post itself. */
export const config = { authz: { who: 'person' } } as const
/** What every route about one post says of itself. */
export const aboutPost = (summary: string) => ({ tags: ['questions'], summary, params: z.strictObject({ id: Id }) })
/** The same, of a route with nothing to tell in return. */
export const actOnPost = (summary: string) => ({ ...aboutPost(summary), response: { 204: Nothing } })

/** A route that does one thing to a post. */
export function addAct(app: App, { summary, ...route }: Route, act: (context: Context, id: string) => Promise<void>) {
  app.route({
    ...route,
    config,
    schema: actOnPost(summary),
    handler: async (request, reply) => {
      await act(request.asContext(), request.params.id)
      return reply.code(204).send(null)
    },
  })
}

/** The same, with something to say about it. */
export function addActWith<Body extends z.ZodObject>(
  app: App,
  { summary, body, ...route }: Route & { body: Body },
  act: (context: Context, id: string, body: z.output<Body>) => Promise<void>,
) {
  app.route({
    ...route,
    config,
    schema: { ...actOnPost(summary), body },
    handler: async (request, reply) => {
      // Checked with this very schema; the compiler does not look through the type parameter.
      await act(request.asContext(), request.params.id, request.body as z.output<Body>)
      return reply.code(204).send(null)
    },
  })
}

/** Two routes: PUT for on, DELETE for off. */
export function addSwitch(
  app: App,
  { url, on, off }: { url: string; on: string; off: string },
  act: (context: Context, id: string, isOn: boolean) => Promise<void>,
) {
  addAct(app, { method: 'PUT', url, summary: on }, (context, id) => act(context, id, true))
  addAct(app, { method: 'DELETE', url, summary: off }, (context, id) => act(context, id, false))
}
