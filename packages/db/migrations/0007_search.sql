-- Under row level security the text index is not used (SECURITY 4.1), so search goes through functions that filter by themselves: visible on the plaza.
create function search.word_query(word text, suffix text) returns tsquery language sql immutable parallel safe strict set search_path = ''
  return ('''' || replace(replace(word, '\', '\\'), '''', '''''') || '''' || suffix)::tsquery;--> statement-breakpoint

-- Earlier questions that resemble a text. Ranking every match of a common word takes seconds (PERF 1), so the rarest words choose the candidates,
-- never more than a few hundred, and only those are weighed; a word that nobody used yet may be a typing error and is compared by its shape.
create function search.similar_questions(typed text, most int) returns table (id uuid, score real)
  language plpgsql stable security definer set search_path = '' set enable_seqscan = off set plan_cache_mode = force_custom_plan as $$
declare
  words text[] := array(select v.lexeme from unnest(to_tsvector('pg_catalog.dutch', typed)) v order by v.positions[1] limit 14);
  last_word text := substring(lower(typed) from '([[:alpha:]]{4,})$');
  queries tsquery[] := '{}';
  titles tsquery[] := '{}';
  weights real[] := '{}';
  strange text[] := '{}';
  candidates tsquery;
  room int := 500;
  found int;
  word record;
begin
  for word in
    select w.query, w.lexeme, search.word_query(w.lexeme, case when w.suffix = '' then ':A' else ':*A' end) as in_title, (
      select count(*) from (select from public.questions q where q.search @@ w.query and q.state <> 'gone' limit 301) counted) as uses
    from (
      select search.word_query(l.lexeme, l.suffix) as query, l.lexeme, l.suffix
      from (select u.lexeme, case when starts_with(last_word, u.lexeme) then ':*' else '' end as suffix from unnest(words) u (lexeme)) l
    ) w
    order by uses
  loop
    if word.uses = 0 then
      if length(word.lexeme) >= 5 and cardinality(strange) < 2 then strange := strange || word.lexeme; end if;
      continue;
    end if;
    queries := queries || word.query;
    titles := titles || word.in_title;
    weights := weights || (1.0 / ln(2.0 + word.uses))::real;
    if word.uses <= 300 and room > 0 then
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

  return query
  with by_word as materialized (
    select q.id, q.title, q.search from public.questions q
    where q.search @@ candidates and q.channel_id = ctx.plaza() and q.state <> 'gone' limit 500
  ), by_shape as materialized (
    select s.id, s.title, s.search from unnest(strange) w (word) cross join lateral (
      select q.id, q.title, q.search from public.questions q
      where q.title operator(public.%>) w.word and q.channel_id = ctx.plaza() and q.state <> 'gone' limit 100) s
  ), weighed as (
    select c.id, (
        coalesce((select sum(w.weight * case when c.search @@ w.in_title then 2 else 1 end) from unnest(queries, titles, weights) w (query, in_title, weight) where c.search @@ w.query), 0)
        + public.similarity(c.title, typed)
        + coalesce((select sum(public.word_similarity(s.word, c.title)) from unnest(strange) s (word)), 0))::real as score
    from (select * from by_word union select * from by_shape) c
  )
  select w.id, w.score from weighed w order by w.score desc, w.id limit most;
end $$;--> statement-breakpoint
alter function search.word_query(text, text) owner to meedenk_definer;--> statement-breakpoint
alter function search.similar_questions(text, int) owner to meedenk_definer;--> statement-breakpoint
revoke execute on function search.word_query(text, text), search.similar_questions(text, int) from public;--> statement-breakpoint
grant execute on function search.similar_questions(text, int) to meedenk_api;
