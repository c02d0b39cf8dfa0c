-- Who knows about these themes, of those who show it, and no more of them than asked: each theme gives its share.
-- The policy says the same of each row, but as a condition it first reads everybody there is.
create function ctx.people_who_know(themes uuid[], most int) returns setof uuid
  language sql stable security definer set search_path = '' as $$
  select known.person_id
  from unnest(themes) about (theme_id) cross join lateral (
    select e.person_id
    from public.person_expertises e cross join lateral (
      select p.expertise_visibility as shown_to from public.people p where p.id = e.person_id limit 1) k
    where e.theme_id = about.theme_id
      and (k.shown_to = 'everyone' or (k.shown_to = 'members' and (select ctx.person_id()) is not null) or e.person_id = (select ctx.person_id()))
    limit greatest(most / greatest(cardinality(themes), 1), 1)) known
$$;--> statement-breakpoint
alter function ctx.people_who_know(uuid[], int) owner to meedenk_definer;--> statement-breakpoint
revoke execute on function ctx.people_who_know(uuid[], int) from public;--> statement-breakpoint
grant execute on function ctx.people_who_know(uuid[], int) to meedenk_api;
