import { editProfile } from '@meedenk/actions/people/edit-profile'
import { onboardPerson } from '@meedenk/actions/people/onboard-person'
import { readPeople } from '@meedenk/actions/people/read-people'
import { readOwnProfile, readProfile } from '@meedenk/actions/people/read-profile'
import { setExpertises } from '@meedenk/actions/people/set-expertises'
import {
  EditProfile,
  Onboard,
  OwnProfileView,
  PeoplePage,
  PeopleQuery,
  ProfileView,
  SetExpertises,
} from '@meedenk/domain/people/schemas'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../app.ts'
import { readIfMatch, sendETag } from '../plugins/if-match.ts'

const everyone = { authz: { who: 'everyone' } } as const
const person = { authz: { who: 'person' } } as const
const tags = ['people']
const Handle = z.strictObject({ handle: z.string().regex(/^[a-z0-9][a-z0-9-]{1,59}$/) })

/** How a person changes something of their own profile, which is the answer. */
const changing = <Body extends z.ZodObject>(summary: string, body: Body) => ({
  config: person,
  schema: { tags, summary, body, response: { 200: OwnProfileView } },
})

async function sendOwnProfile(request: FastifyRequest, reply: FastifyReply) {
  const profile = await readOwnProfile(request.asContext())
  sendETag(reply, profile.version)
  return profile
}

/** Profiles, and what people know. */
export const profileRoutes: FastifyPluginAsyncZod<Deps> = async (app) => {
  app.get(
    '/me',
    { config: person, schema: { tags, summary: 'One’s own profile, to edit', response: { 200: OwnProfileView } } },
    sendOwnProfile,
  )
  app.patch('/me', changing('Change one’s own profile', EditProfile), async (request, reply) => {
    await editProfile(request.asContext(), request.body, readIfMatch(request))
    return sendOwnProfile(request, reply)
  })
  app.put(
    '/me/expertises',
    changing('Choose what one knows about and likes to read about', SetExpertises),
    async (request, reply) => {
      await setExpertises(request.asContext(), request.body)
      return sendOwnProfile(request, reply)
    },
  )
  app.put('/me/onboarding', changing('Keep what a newcomer filled in so far', Onboard), async (request, reply) => {
    await onboardPerson(request.asContext(), request.body)
    return sendOwnProfile(request, reply)
  })
  app.get(
    '/people',
    {
      config: person,
      schema: {
        tags,
        summary: 'Members who let themselves be found',
        querystring: PeopleQuery,
        response: { 200: PeoplePage },
      },
    },
    async (request) => readPeople(request.asContext(), request.query),
  )
  app.get(
    '/people/:handle',
    {
      config: everyone,
      schema: {
        tags,
        summary: 'A profile, as far as its owner shows it to this reader',
        params: Handle,
        response: { 200: ProfileView },
      },
    },
    async (request) => readProfile(request.asContext(), request.params.handle),
  )
}
