-- People: the app reads the public columns here; fields with their own visibility only through the view person_cards.
create policy read on people for select to meedenk_api using (true);--> statement-breakpoint
create policy join_up on people for insert to meedenk_api with check ((select ctx.at_door()));--> statement-breakpoint
create policy own on people for update to meedenk_api using (id = (select ctx.person_id())) with check (id = (select ctx.person_id()));--> statement-breakpoint
create policy worker on people for select to meedenk_worker using ((select ctx.system()) is not null);--> statement-breakpoint
create policy definer on people for select to meedenk_definer using (true);--> statement-breakpoint
grant select (id, handle, name, portrait, role_kind, locale, profile_visibility, expertise_visibility, platform_role, state, nudges_per_week, onboarded_at, agreed_at, joined_at, version) on people to meedenk_api;--> statement-breakpoint
grant insert (id, handle, name, locale, joined_at) on people to meedenk_api;--> statement-breakpoint
grant update (handle, name, portrait, role_kind, job_title, organisation, region_code, about, locale, profile_visibility, job_title_visibility, organisation_visibility, region_visibility, about_visibility, expertise_visibility, nudges_per_week, onboarded_at, agreed_at, version) on people to meedenk_api;--> statement-breakpoint
grant select on people to meedenk_worker, meedenk_definer;--> statement-breakpoint

create index people_name_trigrams on people using gin (name gin_trgm_ops);--> statement-breakpoint

-- Runs as its owner on purpose: it is the column wall. Each field shows itself to whom its owner chose.
-- Join it laterally with a limit of one: its barrier lets no other condition in, and all cards would be worked out first.
-- It hides no rows, so it needs no barrier against functions that peek, and without one it joins like a table.
create view person_cards as
  select p.id, p.handle, p.name, p.portrait, p.role_kind, p.state, p.joined_at, p.platform_role,
    case when p.id = ctx.person_id() or p.profile_visibility = 'everyone' or (p.profile_visibility = 'members' and ctx.person_id() is not null) then true else false end as profile_visible,
    case when p.id = ctx.person_id() or p.job_title_visibility = 'everyone' or (p.job_title_visibility = 'members' and ctx.person_id() is not null) then p.job_title end as job_title,
    case when p.id = ctx.person_id() or p.organisation_visibility = 'everyone' or (p.organisation_visibility = 'members' and ctx.person_id() is not null) then p.organisation end as organisation,
    case when p.id = ctx.person_id() or p.region_visibility = 'everyone' or (p.region_visibility = 'members' and ctx.person_id() is not null) then p.region_code end as region_code,
    case when p.id = ctx.person_id() or p.region_visibility = 'everyone' or (p.region_visibility = 'members' and ctx.person_id() is not null) then (select r.name from public.regions r where r.code = p.region_code) end as region,
    case when p.id = ctx.person_id() or p.about_visibility = 'everyone' or (p.about_visibility = 'members' and ctx.person_id() is not null) then p.about end as about,
    case when p.id = ctx.person_id() then p.job_title_visibility end as job_title_visibility,
    case when p.id = ctx.person_id() then p.organisation_visibility end as organisation_visibility,
    case when p.id = ctx.person_id() then p.region_visibility end as region_visibility,
    case when p.id = ctx.person_id() then p.about_visibility end as about_visibility
  from public.people p;--> statement-breakpoint
grant create on schema public to meedenk_definer;--> statement-breakpoint
alter view person_cards owner to meedenk_definer;--> statement-breakpoint
revoke create on schema public from meedenk_definer;--> statement-breakpoint
grant select on person_cards to meedenk_api;--> statement-breakpoint

create policy own on accounts for select to meedenk_api using (person_id = (select ctx.person_id()) or (select ctx.at_door()));--> statement-breakpoint
create policy join_up on accounts for insert to meedenk_api with check ((select ctx.at_door()));--> statement-breakpoint
create policy door on accounts for update to meedenk_api using ((select ctx.at_door())) with check ((select ctx.at_door()));--> statement-breakpoint
create policy worker on accounts for all to meedenk_worker using ((select ctx.system()) is not null) with check ((select ctx.system()) is not null);--> statement-breakpoint
grant select, insert, update on accounts to meedenk_api;--> statement-breakpoint
grant select, update on accounts to meedenk_worker;--> statement-breakpoint

-- Expertise is readable as its owner allows; routing and counting read it through the worker and a definer function.
create policy own on person_expertises for all to meedenk_api using (person_id = (select ctx.person_id())) with check (person_id = (select ctx.person_id()));--> statement-breakpoint
create policy shown on person_expertises for select to meedenk_api
  using (exists (select from people p where p.id = person_id and (p.expertise_visibility = 'everyone' or (p.expertise_visibility = 'members' and (select ctx.person_id()) is not null))));--> statement-breakpoint
create policy worker on person_expertises for select to meedenk_worker using ((select ctx.system()) is not null);--> statement-breakpoint
create policy definer on person_expertises for select to meedenk_definer using (true);--> statement-breakpoint
create policy own on person_interests for all to meedenk_api using (person_id = (select ctx.person_id())) with check (person_id = (select ctx.person_id()));--> statement-breakpoint
create policy worker on person_interests for select to meedenk_worker using ((select ctx.system()) is not null);--> statement-breakpoint
grant select, insert, update, delete on person_expertises, person_interests to meedenk_api;--> statement-breakpoint
grant select on person_expertises, person_interests to meedenk_worker;--> statement-breakpoint
grant select on person_expertises to meedenk_definer;--> statement-breakpoint

-- How many distinct people a question would reach, by role; only numbers leave.
create function ctx.count_audience(theme_ids uuid[], only_region text) returns table (role_kind text, people bigint)
  language sql stable security definer set search_path = '' as $$
  select p.role_kind, count(distinct p.id)
  from public.person_expertises e
  join public.people p on p.id = e.person_id and p.state = 'active'
  where e.theme_id = any (theme_ids)
    and p.id is distinct from ctx.person_id()
    and (only_region is null or p.region_code in (
      select other.code from public.regions asked join public.regions other on other.region = asked.region where asked.code = only_region))
  group by p.role_kind
$$;--> statement-breakpoint
create function ctx.count_experts() returns table (theme_id uuid, people bigint)
  language sql stable security definer set search_path = '' as $$
  select e.theme_id, count(*) from public.person_expertises e join public.people p on p.id = e.person_id and p.state = 'active' group by e.theme_id
$$;--> statement-breakpoint
-- Whether at least ten active members share a role, a region, and both (anonymous askers show neither below that).
create function ctx.shared_by_ten(role text, region text) returns table (role_shown boolean, region_shown boolean)
  language sql stable security definer set search_path = '' as $$
  select (select count(*) >= 10 from (select from public.people p where p.state = 'active' and p.role_kind = role limit 10) x),
         (select count(*) >= 10 from (select from public.people p where p.state = 'active' and p.role_kind is not distinct from role and p.region_code = region limit 10) x)
$$;--> statement-breakpoint
-- Who lives where, of those who show it: the column itself is not readable, and the view reads every row.
create function ctx.people_in_region(code text) returns setof uuid
  language sql stable security definer set search_path = '' as $$
  select p.id from public.people p
  where p.region_code = code
    and (p.region_visibility = 'everyone' or (p.region_visibility = 'members' and ctx.person_id() is not null) or p.id = ctx.person_id())
$$;--> statement-breakpoint
alter function ctx.people_in_region(text) owner to meedenk_definer;--> statement-breakpoint
revoke execute on function ctx.people_in_region(text) from public;--> statement-breakpoint
grant execute on function ctx.people_in_region(text) to meedenk_api;--> statement-breakpoint
alter function ctx.count_audience(uuid[], text) owner to meedenk_definer;--> statement-breakpoint
alter function ctx.count_experts() owner to meedenk_definer;--> statement-breakpoint
alter function ctx.shared_by_ten(text, text) owner to meedenk_definer;--> statement-breakpoint
revoke execute on function ctx.count_audience(uuid[], text), ctx.count_experts(), ctx.shared_by_ten(text, text) from public;--> statement-breakpoint
grant execute on function ctx.count_audience(uuid[], text), ctx.count_experts(), ctx.shared_by_ten(text, text) to meedenk_api;--> statement-breakpoint

-- Sessions and factors: only at the door, apart from the list of one's own devices and passkeys.
create policy own on sessions for select to meedenk_api using (person_id = (select ctx.person_id()) or (select ctx.at_door()));--> statement-breakpoint
create policy own_end on sessions for update to meedenk_api using (person_id = (select ctx.person_id()) or (select ctx.at_door())) with check (person_id = (select ctx.person_id()) or (select ctx.at_door()));--> statement-breakpoint
create policy door on sessions for insert to meedenk_api with check ((select ctx.at_door()));--> statement-breakpoint
create policy worker on sessions for all to meedenk_worker using ((select ctx.system()) is not null) with check ((select ctx.system()) is not null);--> statement-breakpoint
create policy own on passkeys for select to meedenk_api using (person_id = (select ctx.person_id()) or (select ctx.at_door()));--> statement-breakpoint
create policy door on passkeys for all to meedenk_api using ((select ctx.at_door())) with check ((select ctx.at_door()));--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['sign_in_attempts', 'refresh_tokens', 'passkey_challenges', 'passwords', 'totp_secrets', 'recovery_codes'] loop
    execute format('create policy door on %I for all to meedenk_api using ((select ctx.at_door())) with check ((select ctx.at_door()))', t);
    execute format('grant select, insert, update, delete on %I to meedenk_api', t);
  end loop;
  foreach t in array array['sign_in_attempts', 'refresh_tokens', 'passkey_challenges'] loop
    execute format('create policy worker on %I for all to meedenk_worker using ((select ctx.system()) is not null)', t);
    execute format('grant select, delete on %I to meedenk_worker', t);
  end loop;
end $$;--> statement-breakpoint
-- How strong a session is never changes: proving more makes a new one.
grant select, insert, update (last_used_at, revoked_at, revoked_because) on sessions to meedenk_api;--> statement-breakpoint
grant select, insert, update, delete on passkeys to meedenk_api;--> statement-breakpoint
grant select, delete on sessions to meedenk_worker;--> statement-breakpoint
-- Which of these sessions ended: asked every two seconds by each API process, so that revoking works at once.
create function ctx.revoked_since(since timestamptz) returns table (session_id uuid)
  language sql stable security definer set search_path = '' as $$
  select s.id from public.sessions s where s.revoked_at >= since
$$;--> statement-breakpoint
create policy definer on sessions for select to meedenk_definer using (true);--> statement-breakpoint
grant select on sessions to meedenk_definer;--> statement-breakpoint
alter function ctx.revoked_since(timestamptz) owner to meedenk_definer;--> statement-breakpoint
revoke execute on function ctx.revoked_since(timestamptz) from public;--> statement-breakpoint
grant execute on function ctx.revoked_since(timestamptz) to meedenk_api;--> statement-breakpoint

create policy own on drafts for all to meedenk_api using (person_id = (select ctx.person_id())) with check (person_id = (select ctx.person_id()));--> statement-breakpoint
create policy own on saved_questions for all to meedenk_api
  using (person_id = (select ctx.person_id())) with check (person_id = (select ctx.person_id()) and channel_id = any ((select ctx.readable_channels())::uuid[]));--> statement-breakpoint
grant select, insert, update, delete on drafts, saved_questions to meedenk_api;
