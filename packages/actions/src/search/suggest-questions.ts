import type { Db } from '@meedenk/db/connection'
import { readPublic } from '@meedenk/db/tenancy'
import { suggestThemes } from '@meedenk/domain/questions/suggest-themes'

const suggestionsMax = 3

const similar = {
  name: 'similar-questions',
  text: `select coalesce(json_agg(json_build_object('id', q.id, 'number', q.number, 'slug', q.slug, 'title', q.title, 'answers', q.answer_count,
      'hasYield', q.yield_at is not null, 'askedAt', q.asked_at) order by s.score desc, q.id), '[]')::text as items
    from search.similar_questions($1, $2) s join questions q on q.id = s.id`,
}
const themes = {
  name: 'theme-keywords',
  text: 'select id, name, keywords from themes where not hidden order by position',
}

type Theme = { id: string; name: string; keywords: string[] }

/** Earlier questions that resemble what somebody is typing, and the themes it seems to be about, as the JSON of Suggestions. */
export async function suggestQuestions(db: Db, typed: string): Promise<string> {
  const [found, known] = await Promise.all([
    readPublic<{ items: string }>(db, similar, [typed, suggestionsMax]),
    readPublic<Theme>(db, themes, []),
  ])
  return `{"items":${found[0]?.items ?? '[]'},"themes":${JSON.stringify(suggestThemes(typed, known))}}`
}
