import type { World } from './walls-world.ts'

/**
 * What runs as its owner looks behind the walls, so each such function is asked something with a short answer.
 * A label starts with the name of its function; no row is no answer.
 */
export function functionsOf(world: World): Record<string, string> {
  const { ids, questions, answers, decision, report } = world
  const channels = `(values ('plaza', ctx.plaza()), ('A', '${ids.channelA}'), ('B', '${ids.channelB}')) x (name, id)`
  const names = `select string_agg(x.name, '+' order by x.name) from ${channels}`
  const search = (words: string, id: string) =>
    `select 'found' from search.similar_questions('${words}', 10) where id = '${id}'`
  const yes = (condition: string) => `select 'yes' where ${condition}`
  return {
    readable_channels: `${names} where x.id::uuid = any (ctx.readable_channels())`,
    writable_channels: `${names} where x.id::uuid = any (ctx.writable_channels())`,
    is_moderator: yes('ctx.is_moderator()'),
    'wrote a named question': yes(`ctx.wrote('${questions.open}')`),
    'wrote a named answer': yes(`ctx.wrote('${answers.open}')`),
    'wrote a sealed question': yes(`ctx.wrote('${questions.sealed}')`),
    'my_sealed holds the question': yes(`'${questions.sealed}' = any (ctx.my_sealed())`),
    'is_unnamed: a named question': `select ctx.is_unnamed('${questions.open}')`,
    'is_unnamed: a named answer': `select ctx.is_unnamed('${answers.open}')`,
    'is_unnamed: a sealed question': `select ctx.is_unnamed('${questions.sealed}')`,
    'is_gone: an open question': yes(`ctx.is_gone('${questions.open}', null)`),
    'is_gone: a hidden question': yes(`ctx.is_gone('${questions.hidden}', null)`),
    'is_gone: a closed question': yes(`ctx.is_gone('${questions.closedB}', null)`),
    'count_audience in people': `select sum(people) from ctx.count_audience(array['${ids.theme}']::uuid[], null)`,
    'count_experts in people': `select people from ctx.count_experts() where theme_id = '${ids.theme}'`,
    'shared_by_ten below ten': `select role_shown or region_shown from ctx.shared_by_ten('practice', 'GM9901')`,
    'people_who_know, people': `select count(*) from ctx.people_who_know(array['${ids.theme}']::uuid[], 100)`,
    'people_in_region, people': `select count(*) from ctx.people_in_region('GM9901')`,
    'noticed, of two people': `select count(*) from ctx.noticed(array['${ids.anna}', '${ids.mo}']::uuid[], '2000-01-01')`,
    'revoked_since, sessions': `select count(*) from ctx.revoked_since('2000-01-01')`,
    'leave of their own accord': yes(`ctx.leave('erase', now(), now())`),
    'come_back after leaving': `select case when ctx.leave('erase', now(), now()) then ctx.come_back() end`,
    'come_back without leaving': yes('ctx.come_back()'),
    'open_seal tells anna': yes(
      `ctx.open_seal('${questions.sealed}', 'a reason that is long enough', now()) = '${ids.anna}'`,
    ),
    'open_seal in a closed channel': yes(
      `ctx.open_seal('${questions.sealedA}', 'a reason that is long enough', now()) is not null`,
    ),
    'reason_told to whom it concerns': `select ctx.reason_told('${decision}')`,
    'take_turn, the second of one': `select ctx.take_turn('KAN', 1, '1 minute', now()) * 0 + ctx.take_turn('KAN', 1, '1 minute', now())`,
    'hide_until_checked on a report': `select ctx.hide_until_checked('${report}', now())`,
    'report_number of a report': yes(`ctx.report_number('${report}') is not null`),
    'waiting_seconds of mail': yes('(select mail from ctx.waiting_seconds()) > 0'),
    'waiting_seconds of events': yes('(select events is not null from ctx.waiting_seconds())'),
    'similar_questions: an open question': search('KAN-plaza-open-title', questions.open),
    'similar_questions: a hidden question': search('KAN-plaza-hidden-title', questions.hidden),
    'similar_questions: a closed question': search('KAN-closed-closedB-title', questions.closedB),
    'weigh_words: uses of a closed word': `select coalesce(sum(uses), 0) from search.weigh_words('KAN-closed-closedB-title')`,
    'card of anna': `select concat_ws('+', job_title, organisation, region, about) from person_cards where id = '${ids.anna}'`,
  }
}
