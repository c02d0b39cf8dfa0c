import { editProfile } from '@meedenk/actions/people/edit-profile'
import { onboardPerson } from '@meedenk/actions/people/onboard-person'
import { readDraft } from '@meedenk/actions/people/read-draft'
import { readPeople } from '@meedenk/actions/people/read-people'
import { readOwnProfile, readProfile } from '@meedenk/actions/people/read-profile'
import { discardDraft, saveDraft } from '@meedenk/actions/people/save-draft'
import { setExpertises } from '@meedenk/actions/people/set-expertises'
import { Nothing } from '@meedenk/domain/pages'
import { EditProfile, Onboard, OwnProfileView, PeoplePage, PeopleQuery, ProfileView, SetExpertises } from '@meedenk/domain/people/schemas'
import { DraftKey, DraftView, SaveDraft } from '@meedenk/domain/questions/schemas'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../app.ts'
import { readIfMatch, sendETag } from '../plugins/if-match.ts'

const everyone = { authz: { who: 'everyone' } } as const
const person = { authz: { who: 'person' } } as const
const tags = ['people']
const Handle = z.strictObject({ handle: z.string().regex(/^[a-z0-9][a-z0-9-]{1,59}$/) })
const Key = z.strictObject({ key: DraftKey })

async function sendOwnProfile(request: FastifyRequest, reply: FastifyReply) {
  const profile = await readOwnProfile(request.asContext())
  sendETag(reply, profile.version)
  return profile
}

/** Profiles, what people know, and their unfinished texts. */
export const profileRoutes: FastifyPluginAsyncZod<Deps> = async (app) => {
  app.get('/me', { config: person, schema: { tags, summary: 'One’s own profile, to edit', response: { 200: OwnProfileView } } }, sendOwnProfile)
  app.patch(
    '/me',
    { config: person, schema: { tags, summary: 'Change one’s own profile', body: EditProfile, response: { 200: OwnProfileView } } },
    async (request, reply) => {
      await editProfile(request.asContext(), request.body, readIfMatch(request))
      return sendOwnProfile(request, reply)
    },
  )
  app.put(
    '/me/expertises',
    { config: person, schema: { tags, summary: 'Choose what one knows about and likes to read about', body: SetExpertises, response: { 200: OwnProfileView } } },
    async (request, reply) => {
      await setExpertises(request.asContext(), request.body)
      return sendOwnProfile(request, reply)
    },
  )
  app.put(
    '/me/onboarding',
    { config: person, schema: { tags, summary: 'Keep what a newcomer filled in so far', body: Onboard, response: { 200: OwnProfileView } } },
    async (request, reply) => {
      await onboardPerson(request.asContext(), request.body)
      return sendOwnProfile(request, reply)
    },
  )
  app.get(
    '/people',
    { config: person, schema: { tags, summary: 'Members who let themselves be found', querystring: PeopleQuery, response: { 200: PeoplePage } } },
    async (request) => readPeople(request.asContext(), request.query),
  )
  app.get(
    '/people/:handle',
    { config: everyone, schema: { tags, summary: 'A profile, as far as its owner shows it to this reader', params: Handle, response: { 200: ProfileView } } },
    async (request) => readProfile(request.asContext(), request.params.handle),
  )
  app.get('/drafts/:key', { config: person, schema: { tags, summary: 'An unfinished text', params: Key, response: { 200: DraftView } } }, async (request) =>
    readDraft(request.asContext(), request.params.key),
  )
  app.put(
    '/drafts/:key',
    { config: person, schema: { tags, summary: 'Keep an unfinished text; the latest wins', params: Key, body: SaveDraft, response: { 204: Nothing } } },
    async (request, reply) => {
      await saveDraft(request.asContext(), request.params.key, request.body.content)
      return reply.code(204).send(null)
    },
  )
  app.delete('/drafts/:key', { config: person, schema: { tags, summary: 'Throw an unfinished text away', params: Key, response: { 204: Nothing } } }, async (request, reply) => {
    await discardDraft(request.asContext(), request.params.key)
    return reply.code(204).send(null)
  })
}
