-- Who is acting travels as settings that end with the transaction. Every policy reads them through these functions only.
-- They run as their caller and name nothing that a search path could change, so they have none: a setting would keep them from being inlined.
create function ctx.person_id() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.person_id', true), '')::uuid;--> statement-breakpoint
create function ctx.system() returns text language sql stable parallel safe
  return nullif(current_setting('app.system', true), '');--> statement-breakpoint
create function ctx.channel_id() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.channel_id', true), '')::uuid;--> statement-breakpoint
create function ctx.plaza() returns uuid language sql immutable parallel safe
  return '00000000-0000-7000-8000-000000000001'::uuid;--> statement-breakpoint
-- The door: sign-in and sessions, where work is done before anybody is known.
create function ctx.at_door() returns boolean language sql stable parallel safe
  return coalesce(current_setting('app.system', true), '') = 'door';--> statement-breakpoint

-- One call that fits the round trip of the work itself.
create function ctx.enter(person uuid, system text, channel uuid) returns void language plpgsql set search_path = '' as $$
begin
  perform set_config('app.person_id', coalesce(person::text, ''), true),
          set_config('app.system', coalesce(system, ''), true),
          set_config('app.channel_id', coalesce(channel::text, ''), true);
end $$;--> statement-breakpoint

-- The database checks membership itself; it does not trust a setting for it.
create function ctx.readable_channels() returns uuid[] language sql stable security definer set search_path = ''
  return array(select m.channel_id from public.channel_members m where m.person_id = ctx.person_id()) || ctx.plaza();--> statement-breakpoint
create function ctx.writable_channels() returns uuid[] language sql stable security definer set search_path = ''
  return array(
    select m.channel_id from public.channel_members m
    where m.person_id = ctx.person_id() and m.role <> 'observer'
    union all
    select ctx.plaza() from public.people p where p.id = ctx.person_id() and p.state = 'active');--> statement-breakpoint
create function ctx.is_moderator() returns boolean language sql stable security definer set search_path = ''
  return exists (
    select from public.people p
    where p.id = ctx.person_id() and p.platform_role in ('moderator', 'admin') and p.state = 'active');--> statement-breakpoint

-- The one place where a sealed name is compared: it answers yes or no, never who.
create function ctx.wrote(subject uuid) returns boolean language sql stable security definer set search_path = ''
  return exists (select from public.questions q where q.id = subject and q.author_id = ctx.person_id())
      or exists (select from public.answers a where a.id = subject and a.author_id = ctx.person_id())
      or exists (select from public.sealed_authors s where s.subject_id = subject and s.person_id = ctx.person_id());--> statement-breakpoint
create function ctx.my_sealed() returns uuid[] language sql stable security definer set search_path = ''
  return array(select s.subject_id from public.sealed_authors s where s.person_id = ctx.person_id());--> statement-breakpoint

do $$
declare f text;
begin
  foreach f in array array['readable_channels()', 'writable_channels()', 'is_moderator()', 'wrote(uuid)', 'my_sealed()'] loop
    execute format('alter function ctx.%s owner to meedenk_definer', f);
  end loop;
end $$;--> statement-breakpoint

-- Deny by default: every table has row level security, forced on its owner too, before any policy exists.
do $$
declare t regclass;
begin
  for t in select c.oid::regclass from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
  end loop;
end $$;--> statement-breakpoint
revoke execute on all functions in schema ctx, search from public;--> statement-breakpoint
alter default privileges in schema ctx revoke execute on functions from public;--> statement-breakpoint
alter default privileges in schema search revoke execute on functions from public;--> statement-breakpoint
grant execute on all functions in schema ctx to meedenk_api, meedenk_worker, meedenk_definer;--> statement-breakpoint

-- The house: events are written by everybody in the name of themselves, read by the worker.
create policy write on events for insert to meedenk_api
  with check (channel_id = any ((select ctx.readable_channels())::uuid[]) and (actor_id is null or actor_id = (select ctx.person_id()) or (select ctx.at_door())));--> statement-breakpoint
create policy read_public on events for select to meedenk_api
  using (channel_id = ctx.plaza() and question_id is not null);--> statement-breakpoint
create policy worker on events for all to meedenk_worker using (true) with check (true);--> statement-breakpoint
create policy worker on cursors for all to meedenk_worker using (true) with check (true);--> statement-breakpoint
create policy worker on processed_jobs for all to meedenk_worker using (true) with check (true);--> statement-breakpoint
create policy worker on rounds for all to meedenk_worker using (true) with check (true);--> statement-breakpoint
create policy own on idempotency_keys for all to meedenk_api
  using (person_id = (select ctx.person_id())) with check (person_id = (select ctx.person_id()));--> statement-breakpoint
create policy sweep on idempotency_keys for delete to meedenk_worker using ((select ctx.system()) is not null);--> statement-breakpoint
create policy see_to_sweep on idempotency_keys for select to meedenk_worker using ((select ctx.system()) is not null);--> statement-breakpoint
create policy door on throttles for all to meedenk_api using ((select ctx.at_door())) with check ((select ctx.at_door()));--> statement-breakpoint
create policy sweep on throttles for all to meedenk_worker using ((select ctx.system()) is not null);--> statement-breakpoint
grant insert, select on events to meedenk_api;--> statement-breakpoint
grant insert, select on events to meedenk_worker;--> statement-breakpoint
grant select, insert, update, delete on cursors, processed_jobs, rounds to meedenk_worker;--> statement-breakpoint
grant select, insert, update, delete on idempotency_keys, throttles to meedenk_api;--> statement-breakpoint
-- Never the kept answer: it would tie a person to an anonymous post.
grant select (person_id, key, created_at), delete on idempotency_keys to meedenk_worker;--> statement-breakpoint
grant select, delete on throttles to meedenk_worker;--> statement-breakpoint

-- Channels and their members: one sees the channels one is in, and the plaza.
create policy read on channels for select to meedenk_api using (id = any ((select ctx.readable_channels())::uuid[]));--> statement-breakpoint
create policy worker on channels for select to meedenk_worker using (true);--> statement-breakpoint
create policy read on channel_members for select to meedenk_api using (channel_id = any ((select ctx.readable_channels())::uuid[]));--> statement-breakpoint
create policy worker on channel_members for select to meedenk_worker using (channel_id = (select ctx.channel_id()));--> statement-breakpoint
create policy definer on channel_members for select to meedenk_definer using (true);--> statement-breakpoint
grant select on channels, channel_members to meedenk_api, meedenk_worker;--> statement-breakpoint
grant select on channel_members to meedenk_definer;--> statement-breakpoint
alter table channels no force row level security;--> statement-breakpoint
insert into channels (id, slug, name, kind, created_at) values (ctx.plaza(), 'plein', 'Het plein', 'plaza', now());--> statement-breakpoint
alter table channels force row level security;--> statement-breakpoint

-- Themes and regions are public reference data; the owner fills them, moderators edit themes.
create policy read on themes for select to meedenk_api, meedenk_worker, meedenk_definer using (true);--> statement-breakpoint
create policy keep on themes for all to meedenk_owner using (true) with check (true);--> statement-breakpoint
create policy read on theme_neighbours for select to meedenk_api, meedenk_worker using (true);--> statement-breakpoint
create policy keep on theme_neighbours for all to meedenk_owner using (true) with check (true);--> statement-breakpoint
create policy read on regions for select to meedenk_api, meedenk_worker, meedenk_definer using (true);--> statement-breakpoint
create policy keep on regions for all to meedenk_owner using (true) with check (true);--> statement-breakpoint
grant select on themes, theme_neighbours, regions to meedenk_api, meedenk_worker, meedenk_definer;--> statement-breakpoint
alter table themes add constraint themes_guardian_fk foreign key (guardian_id) references people (id) on delete set null;
