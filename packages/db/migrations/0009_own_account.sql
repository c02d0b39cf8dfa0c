-- One's own account: moving to another address, taking everything along, stopping and coming back.
create table confirmations (
  id uuid primary key default uuidv7(),
  person_id uuid not null constraint confirmations_person_id_people_id_fk references people (id) on delete cascade,
  purpose text not null,
  email citext not null,
  code_hash bytea not null,
  code_sealed bytea not null,
  wrong_codes smallint not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);--> statement-breakpoint
create index confirmations_by_person on confirmations (person_id, created_at);--> statement-breakpoint
create table email_moves (
  id uuid primary key default uuidv7(),
  person_id uuid not null constraint email_moves_person_id_people_id_fk references people (id) on delete cascade,
  old_email citext not null,
  new_email citext not null,
  moved_at timestamptz not null,
  undo_until timestamptz not null,
  undone_at timestamptz
);--> statement-breakpoint
create index email_moves_by_person on email_moves (person_id, moved_at);--> statement-breakpoint
create index email_moves_by_old_email on email_moves (old_email);--> statement-breakpoint
create table departures (
  person_id uuid primary key constraint departures_person_id_people_id_fk references people (id) on delete cascade,
  contributions text not null,
  state_before text not null,
  requested_at timestamptz not null,
  due_at timestamptz not null
);--> statement-breakpoint
create index departures_by_due on departures (due_at);--> statement-breakpoint
create table exports (
  id uuid primary key default uuidv7(),
  person_id uuid not null constraint exports_person_id_people_id_fk references people (id) on delete cascade,
  requested_at timestamptz not null,
  ready_at timestamptz,
  expires_at timestamptz not null,
  page bytea,
  data bytea
);--> statement-breakpoint
create index exports_by_person on exports (person_id, requested_at);--> statement-breakpoint
create index exports_by_expiry on exports (expires_at);--> statement-breakpoint
alter table people drop constraint people_state_known;--> statement-breakpoint
alter table people add constraint people_state_known check (state in ('active', 'paused', 'leaving', 'stopped'));--> statement-breakpoint

do $$
declare t text;
begin
  foreach t in array array['confirmations', 'email_moves', 'departures', 'exports'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
  -- Codes and old addresses: at the door only, like everything one signs in with.
  foreach t in array array['confirmations', 'email_moves'] loop
    execute format('create policy door on %I for all to meedenk_api using ((select ctx.at_door())) with check ((select ctx.at_door()))', t);
    execute format('create policy worker on %I for all to meedenk_worker using ((select ctx.system()) is not null)', t);
    execute format('grant select, insert, update on %I to meedenk_api', t);
    execute format('grant select, delete on %I to meedenk_worker', t);
  end loop;
end $$;--> statement-breakpoint

create policy own on departures for select to meedenk_api using (person_id = (select ctx.person_id()));--> statement-breakpoint
create policy worker on departures for select to meedenk_worker using ((select ctx.system()) is not null);--> statement-breakpoint
create policy definer on departures for all to meedenk_definer using (person_id = (select ctx.person_id())) with check (person_id = (select ctx.person_id()));--> statement-breakpoint
grant select on departures to meedenk_api, meedenk_worker;--> statement-breakpoint
grant select, insert, delete on departures to meedenk_definer;--> statement-breakpoint
create policy definer_state on people for update to meedenk_definer using (id = (select ctx.person_id())) with check (id = (select ctx.person_id()));--> statement-breakpoint
grant update (state) on people to meedenk_definer;--> statement-breakpoint

-- The state of a person is not theirs to write; these two are the only ways in which they change it themselves.
create function ctx.leave(choice text, at timestamptz, until timestamptz) returns boolean
  language plpgsql security definer set search_path = '' as $$
begin
  insert into public.departures (person_id, contributions, state_before, requested_at, due_at)
  select p.id, choice, p.state, at, until from public.people p where p.id = ctx.person_id() and p.state in ('active', 'paused')
  on conflict do nothing;
  update public.people p set state = 'leaving' where p.id = ctx.person_id() and p.state in ('active', 'paused');
  return found;
end $$;--> statement-breakpoint
create function ctx.come_back() returns boolean
  language plpgsql security definer set search_path = '' as $$
begin
  update public.people p set state = d.state_before from public.departures d
  where d.person_id = ctx.person_id() and p.id = d.person_id and p.state = 'leaving';
  if not found then return false; end if;
  delete from public.departures d where d.person_id = ctx.person_id();
  return true;
end $$;--> statement-breakpoint
do $$
declare f text;
begin
  foreach f in array array['leave(text, timestamptz, timestamptz)', 'come_back()'] loop
    execute format('alter function ctx.%s owner to meedenk_definer', f);
    execute format('revoke execute on function ctx.%s from public', f);
    execute format('grant execute on function ctx.%s to meedenk_api', f);
  end loop;
end $$;--> statement-breakpoint

create policy own on exports for select to meedenk_api using (person_id = (select ctx.person_id()));--> statement-breakpoint
create policy own_request on exports for insert to meedenk_api with check (person_id = (select ctx.person_id()));--> statement-breakpoint
create policy worker on exports for all to meedenk_worker using ((select ctx.system()) is not null);--> statement-breakpoint
grant select, insert (id, person_id, requested_at, expires_at) on exports to meedenk_api;--> statement-breakpoint
-- The worker writes them and throws them away; it never reads one back.
grant select (id, person_id, requested_at, ready_at, expires_at), update (ready_at, expires_at, page, data), delete on exports to meedenk_worker;--> statement-breakpoint

-- The job that gathers what somebody takes along sees what is personal of that one person, and of nobody else.
do $$
declare t text;
begin
  foreach t in array array['drafts', 'saved_questions', 'passkeys', 'passwords', 'totp_secrets'] loop
    execute format('create policy take_along on %I for select to meedenk_worker
      using (person_id = (select ctx.person_id()) and (select ctx.system()) = ''write-export'')', t);
  end loop;
end $$;--> statement-breakpoint
grant select on drafts, saved_questions to meedenk_worker;--> statement-breakpoint
grant select (id, person_id, label, created_at, last_used_at) on passkeys to meedenk_worker;--> statement-breakpoint
grant select (person_id, set_at) on passwords to meedenk_worker;--> statement-breakpoint
grant select (person_id, confirmed_at) on totp_secrets to meedenk_worker;--> statement-breakpoint

-- The job that carries out a departure takes away that one person, once they said so, and leaves nameless ones in their place.
create policy stand_in on people for insert to meedenk_worker
  with check (state = 'stopped' and platform_role = 'member' and (select ctx.system()) = 'carry-out-departure');--> statement-breakpoint
create policy erase on people for delete to meedenk_worker
  using (id = (select ctx.person_id()) and (select ctx.system()) = 'carry-out-departure' and exists (select from departures d where d.person_id = people.id));--> statement-breakpoint
grant insert (handle, name, state, profile_visibility, joined_at), delete on people to meedenk_worker;--> statement-breakpoint
create policy erase on moderation_decisions for update to meedenk_worker
  using (decided_by = (select ctx.person_id()) and (select ctx.system()) = 'carry-out-departure')
  with check ((select ctx.system()) = 'carry-out-departure');--> statement-breakpoint
grant update (decided_by) on moderation_decisions to meedenk_worker;--> statement-breakpoint
create policy erase on reports for update to meedenk_worker
  using ((select ctx.system()) = 'carry-out-departure' and (reporter_id = (select ctx.person_id())
    or lower(reporter_email) = (select lower(a.email::text) from accounts a where a.person_id = (select ctx.person_id()))))
  with check ((select ctx.system()) = 'carry-out-departure');--> statement-breakpoint
grant update (reporter_id, reporter_name, reporter_email, explanation) on reports to meedenk_worker;
