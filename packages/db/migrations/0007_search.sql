-- Under row level security the text index is not used (SECURITY 4.1), so search goes through functions that filter by themselves: visible on the plaza.
create function search.word_query(word text, suffix text) returns tsquery language sql immutable parallel safe strict set search_path = ''
  return ('''' || replace(replace(word, '\', '\\'), '''', '''''') || '''' || suffix)::tsquery;--> statement-breakpoint

-- The words of a text with how seldom they are: a sample tells the common ones, so that no long list of the index is read for them; the rest is counted.
create function search.weigh_words(typed text) returns table (word text, query tsquery, in_title tsquery, uses int, is_common boolean)
  language sql stable security definer set search_path = '' set enable_seqscan = off as $$
  with words as (
    select v.lexeme, case when starts_with(substring(lower(typed) from '([[:alpha:]]{4,})$'), v.lexeme) then '*' else '' end as star
    from unnest(to_tsvector('pg_catalog.dutch', typed)) v order by v.positions[1] limit 14
  ), queries as materialized (
    select w.lexeme, search.word_query(w.lexeme, case when w.star = '' then '' else ':*' end) as query, search.word_query(w.lexeme, ':' || w.star || 'A') as in_title from words w
  ), sample as materialized (
    select q.search from public.questions q where q.channel_id = ctx.plaza() and q.hidden_at is null and q.withdrawn_at is null
    order by q.asked_at desc nulls last, q.id desc nulls last limit 200
  ), sampled as materialized (
    select w.*, (select count(*) from sample s where s.search @@ w.query) as seen from queries w
  )
  select s.lexeme, s.query, s.in_title, case when s.seen > 6 then s.seen * 1000 else (
      select count(*) from (select from public.questions q where q.search @@ s.query and q.state <> 'gone' limit 151) counted) end::int,
    s.seen > 6 and s.seen < (select count(*) from sample)
  from sampled s
$$;--> statement-breakpoint

-- Earlier questions that resemble a text. Ranking every match of a common word takes seconds (PERF 1), so the rarest words choose the candidates,
-- never more than a few hundred, and only the best of those are compared by title. When no word is known, it may be a typing error: the shape of the
-- longest word decides.
create function search.similar_questions(typed text, most int) returns table (id uuid, score real)
  language plpgsql stable security definer set search_path = '' set enable_seqscan = off set plan_cache_mode = force_custom_plan as $$
declare
  queries tsquery[] := '{}';
  titles tsquery[] := '{}';
  weights real[] := '{}';
  candidates tsquery;
  strange text;
  room int := 300;
  word record;
begin
  for word in select * from search.weigh_words(typed) w order by w.uses, length(w.word) desc loop
    if word.uses = 0 then
      if length(word.word) >= 5 and length(word.word) > coalesce(length(strange), 0) then strange := word.word; end if;
      continue;
    end if;
    queries := queries || word.query;
    titles := titles || word.in_title;
    weights := weights || (1.0 / ln(2.0 + word.uses))::real;
    if not word.is_common and room > 0 then
      candidates := case when candidates is null then word.query else candidates || word.query end;
      room := room - word.uses;
    end if;
  end loop;
  -- Only common words: what matters then is which of them stand together.
  if candidates is null and cardinality(queries) = 1 then candidates := queries[1]; end if;
  if candidates is null and cardinality(queries) > 1 then
    candidates := queries[1] && queries[2];
    if cardinality(queries) > 2 then candidates := candidates || (queries[1] && queries[3]) || (queries[2] && queries[3]); end if;
  end if;
  if cardinality(queries) > 1 then strange := null; end if;

  return query
  with by_word as (
    select q.id, q.title, q.search from public.questions q
    where q.search @@ candidates and q.channel_id = ctx.plaza() and q.state <> 'gone' limit 300
  ), by_shape as (
    select q.id, q.title, q.search from public.questions q
    where q.title operator(public.%>) strange and q.channel_id = ctx.plaza() and q.state <> 'gone' limit 40
  ), weighed as (
    select c.id, c.title, coalesce((
        select sum(w.weight * case when c.search @@ w.in_title then 2 else 1 end)
        from unnest(queries, titles, weights) w (query, in_title, weight) where c.search @@ w.query), 0) as worth
    from (select * from by_word union all select * from by_shape) c
  ), best as (
    select w.id, w.title, max(w.worth) as worth from weighed w group by w.id, w.title order by 3 desc limit 40
  )
  select b.id, (b.worth + public.similarity(b.title, typed) + coalesce(public.word_similarity(strange, b.title), 0))::real
  from best b order by 2 desc, 1 limit most;
end $$;--> statement-breakpoint
alter function search.word_query(text, text) owner to meedenk_definer;--> statement-breakpoint
alter function search.weigh_words(text) owner to meedenk_definer;--> statement-breakpoint
alter function search.similar_questions(text, int) owner to meedenk_definer;--> statement-breakpoint
revoke execute on function search.word_query(text, text), search.weigh_words(text), search.similar_questions(text, int) from public;--> statement-breakpoint
grant execute on function search.similar_questions(text, int) to meedenk_api;
