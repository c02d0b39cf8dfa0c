-- Under row level security the text index is not used (SECURITY 4.1), so search goes through a function that filters by itself: visible on the plaza.
create function search.similar_questions(typed text, most int) returns table (id uuid, score real)
  language sql stable security definer set search_path = '' as $$
  with words as (
    select array_to_string(array(select quote_literal(l.lexeme) from unnest(to_tsvector('pg_catalog.dutch', typed)) l limit 12), ' | ') as any_word
  ), found as (
    select q.id, q.title, q.search from public.questions q, words
    where words.any_word <> '' and q.search @@ words.any_word::tsquery
      and q.channel_id = ctx.plaza() and q.hidden_at is null and q.withdrawn_at is null
    limit 600
  )
  select f.id, (ts_rank(f.search, words.any_word::tsquery) + public.similarity(f.title, typed))::real as score
  from found f, words
  order by score desc
  limit most
$$;--> statement-breakpoint
alter function search.similar_questions(text, int) owner to meedenk_definer;--> statement-breakpoint
revoke execute on function search.similar_questions(text, int) from public;--> statement-breakpoint
grant execute on function search.similar_questions(text, int) to meedenk_api;
