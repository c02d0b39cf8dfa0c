import type { FastifyReply } from 'fastify'

/**
 * Sends JSON that PostgreSQL has built, as it is. The route still declares its schema, for OpenAPI and the web;
 * its test parses the answer with that same schema.
 */
// The reply type wants the parsed shape; what goes out is its text.
// biome-ignore lint/suspicious/noExplicitAny: see above.
export const sendJson = (reply: FastifyReply<any, any, any, any, any, any, any, any>, json: string): never =>
  reply.type('application/json; charset=utf-8').send(json) as never
