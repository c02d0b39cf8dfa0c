import { givenDatabase } from '@meedenk/db/test/database'
import { givenPerson, givenTheme } from '@meedenk/db/test/factories'
import { it } from 'vitest'
import { givenApi } from '../../test/api.ts'
const database = await givenDatabase()
const api = await givenApi(database)
it('is quick', async () => {
  const reader = await givenPerson(database)
  const theme = await givenTheme(database)
  await database.owner.query(`insert into people (handle, name, joined_at, onboarded_at, role_kind) select 'h-' || n, md5(n::text) || ' ' || md5((n*7)::text), now(), now(), 'practice' from generate_series(1, 50000) n`)
  await database.owner.query(`insert into person_expertises (theme_id, person_id, level, since) select $1, id, 'much', now() from people limit 2000`, [theme.id])
  await database.owner.query('analyze')
  for (const query of ['', 'q=3f8a', 'q=Persoon', `theme=${theme.slug}`, `q=${theme.name.slice(0, 12)}`, 'role=practice', 'role=policy', 'region=GM0344']) {
    const times: number[] = []
    for (let n = 0; n < 5; n++) { const t = performance.now(); await api.as(reader, 'GET', `/people?${query}`); times.push(performance.now() - t) }
    console.log(query, Math.min(...times).toFixed(1))
  }
})
