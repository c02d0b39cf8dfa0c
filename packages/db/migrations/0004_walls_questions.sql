-- The wall: a restrictive policy on every table of a channel. The plaza comes first, so that public reads never look at memberships.
do $$
declare t text;
begin
  foreach t in array array['questions', 'question_themes', 'answers', 'sealed_authors', 'seal_openings', 'revisions', 'thanks', 'me_toos', 'yields', 'yield_reminders', 'escalations'] loop
    execute format('create policy wall on %I as restrictive for all to meedenk_api
      using (channel_id = ctx.plaza() or channel_id = any ((select ctx.readable_channels())::uuid[]))
      with check (channel_id = any ((select ctx.writable_channels())::uuid[]))', t);
    execute format('create policy worker_wall on %I as restrictive for all to meedenk_worker
      using (channel_id = (select ctx.channel_id())) with check (channel_id = (select ctx.channel_id()))', t);
    execute format('create policy worker on %I for all to meedenk_worker
      using ((select ctx.system()) is not null) with check ((select ctx.system()) is not null)', t);
    execute format('grant select, insert, update, delete on %I to meedenk_worker', t);
  end loop;
end $$;--> statement-breakpoint

create policy read on questions for select to meedenk_api
  using ((hidden_at is null and withdrawn_at is null) or author_id = (select ctx.person_id()) or id = any ((select ctx.my_sealed())::uuid[]) or (select ctx.is_moderator()));--> statement-breakpoint
create policy ask on questions for insert to meedenk_api
  with check ((select ctx.person_id()) is not null and (author_id is null or author_id = (select ctx.person_id())));--> statement-breakpoint
create policy own on questions for update to meedenk_api
  using (author_id = (select ctx.person_id()) or id = any ((select ctx.my_sealed())::uuid[]) or (select ctx.is_moderator()))
  with check (author_id is null or author_id = (select ctx.person_id()) or (select ctx.is_moderator()));--> statement-breakpoint
grant select on questions to meedenk_api;--> statement-breakpoint
grant insert (channel_id, id, slug, kind, title, body, author_id, shown_role, shown_region, only_region, asked_at, last_activity_at) on questions to meedenk_api;--> statement-breakpoint
grant update (slug, title, body, edited_at, version, closed_at, closed_reason, withdrawn_at, hidden_at) on questions to meedenk_api;--> statement-breakpoint

create policy read on question_themes for select to meedenk_api using (true);--> statement-breakpoint
create policy ask on question_themes for insert to meedenk_api with check (ctx.wrote(question_id));--> statement-breakpoint
grant select, insert on question_themes to meedenk_api;--> statement-breakpoint

create policy read on answers for select to meedenk_api
  using ((hidden_at is null and withdrawn_at is null) or author_id = (select ctx.person_id()) or id = any ((select ctx.my_sealed())::uuid[]) or (select ctx.is_moderator()));--> statement-breakpoint
create policy post on answers for insert to meedenk_api
  with check ((select ctx.person_id()) is not null and (author_id is null or author_id = (select ctx.person_id())));--> statement-breakpoint
create policy own on answers for update to meedenk_api
  using (author_id = (select ctx.person_id()) or id = any ((select ctx.my_sealed())::uuid[]) or (select ctx.is_moderator()) or ctx.wrote(question_id))
  with check (true);--> statement-breakpoint
grant select on answers to meedenk_api;--> statement-breakpoint
grant insert (channel_id, id, question_id, parent_id, author_id, by_asker, perspective, body, referral_url, referral_title, posted_at) on answers to meedenk_api;--> statement-breakpoint
grant update (body, edited_at, version, withdrawn_at, hidden_at, helped_at, turn) on answers to meedenk_api;--> statement-breakpoint

-- Sealed: the app writes its own name and can never read one; a post that carries a name cannot be claimed this way.
create function ctx.is_unnamed(subject uuid) returns boolean language sql stable security definer set search_path = ''
  return not exists (select from public.questions q where q.id = subject and q.author_id is not null)
     and not exists (select from public.answers a where a.id = subject and a.author_id is not null);--> statement-breakpoint
alter function ctx.is_unnamed(uuid) owner to meedenk_definer;--> statement-breakpoint
revoke execute on function ctx.is_unnamed(uuid) from public;--> statement-breakpoint
grant execute on function ctx.is_unnamed(uuid) to meedenk_api;--> statement-breakpoint
create policy seal on sealed_authors for insert to meedenk_api with check (person_id = (select ctx.person_id()) and ctx.is_unnamed(subject_id));--> statement-breakpoint
grant insert on sealed_authors to meedenk_api;--> statement-breakpoint
create policy look on seal_openings for select to meedenk_api using ((select ctx.is_moderator()) or ctx.wrote(subject_id));--> statement-breakpoint
grant select on seal_openings to meedenk_api;--> statement-breakpoint

-- Opening a seal: a moderator, a reason, a row that stays, and an answer; nothing else reads names.
create function ctx.open_seal(subject uuid, why text, at timestamptz) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  writer uuid;
  channel uuid;
begin
  if not ctx.is_moderator() or length(trim(why)) < 20 then
    raise exception 'a moderator and a reason are needed' using errcode = '42501';
  end if;
  select s.person_id, s.channel_id into writer, channel from public.sealed_authors s
  where s.subject_id = subject and s.channel_id = any (ctx.readable_channels());
  if writer is null then return null; end if;
  insert into public.seal_openings (channel_id, subject_id, opened_by, reason, opened_at) values (channel, subject, ctx.person_id(), why, at);
  return writer;
end $$;--> statement-breakpoint
alter function ctx.open_seal(uuid, text, timestamptz) owner to meedenk_definer;--> statement-breakpoint
revoke execute on function ctx.open_seal(uuid, text, timestamptz) from public;--> statement-breakpoint
grant execute on function ctx.open_seal(uuid, text, timestamptz) to meedenk_api;--> statement-breakpoint

create policy read on revisions for select to meedenk_api
  using (exists (select from questions q where q.id = subject_id) or exists (select from answers a where a.id = subject_id));--> statement-breakpoint
create policy own on revisions for insert to meedenk_api with check (ctx.wrote(subject_id));--> statement-breakpoint
grant select, insert on revisions to meedenk_api;--> statement-breakpoint

-- Thanks and "me too" show their number, never their people.
create policy own on thanks for all to meedenk_api using (person_id = (select ctx.person_id())) with check (person_id = (select ctx.person_id()));--> statement-breakpoint
create policy own on me_toos for all to meedenk_api using (person_id = (select ctx.person_id())) with check (person_id = (select ctx.person_id()));--> statement-breakpoint
grant select, insert, delete on thanks, me_toos to meedenk_api;--> statement-breakpoint

-- Whether the caller's own walls show a question. A function with a setting of its own is not inlined, so that the
-- public read does not prepare the walls of a question once more for a yield or an escalation that is rarely there.
create function ctx.sees_question(question uuid) returns boolean language sql stable set search_path = ''
  return exists (select from public.questions q where q.id = question);--> statement-breakpoint
revoke execute on function ctx.sees_question(uuid) from public;--> statement-breakpoint
grant execute on function ctx.sees_question(uuid) to meedenk_api;--> statement-breakpoint
create policy read on yields for select to meedenk_api using (ctx.sees_question(question_id));--> statement-breakpoint
create policy own on yields for insert to meedenk_api with check (ctx.wrote(question_id));--> statement-breakpoint
create policy own_change on yields for update to meedenk_api using (ctx.wrote(question_id)) with check (ctx.wrote(question_id));--> statement-breakpoint
grant select, insert, update on yields to meedenk_api;--> statement-breakpoint
create policy own on yield_reminders for select to meedenk_api using (ctx.wrote(question_id));--> statement-breakpoint
create policy own_change on yield_reminders for update to meedenk_api using (ctx.wrote(question_id)) with check (ctx.wrote(question_id));--> statement-breakpoint
grant select on yield_reminders to meedenk_api;--> statement-breakpoint
grant update (outcome) on yield_reminders to meedenk_api;--> statement-breakpoint
create policy read on escalations for select to meedenk_api using (ctx.sees_question(question_id));--> statement-breakpoint
grant select on escalations to meedenk_api;--> statement-breakpoint

-- Counts live on the rows that lists read. Triggers keep them, so that nobody needs the right to change another's row.
do $$
declare t text;
begin
  foreach t in array array['questions', 'answers', 'sealed_authors', 'seal_openings', 'question_themes', 'notices'] loop
    execute format('create policy definer on %I for all to meedenk_definer using (true) with check (true)', t);
  end loop;
end $$;--> statement-breakpoint
grant select, update on questions, answers, question_themes to meedenk_definer;--> statement-breakpoint
grant select on sealed_authors, notices to meedenk_definer;--> statement-breakpoint
grant select, insert on seal_openings to meedenk_definer;--> statement-breakpoint

create function ctx.recount_question() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  row public.answers := coalesce(new, old);
begin
  if row.parent_id is not null or row.by_asker then
    update public.questions q set last_activity_at = greatest(q.last_activity_at, row.posted_at) where q.id = row.question_id;
    return null;
  end if;
  if tg_op = 'INSERT' and row.hidden_at is null and row.withdrawn_at is null then
    update public.questions q set
      answer_count = q.answer_count + 1,
      answers_first_day = q.answers_first_day + (row.posted_at < q.asked_at + interval '24 hours')::int,
      first_answer_at = least(coalesce(q.first_answer_at, row.posted_at), row.posted_at),
      perspectives = case when row.perspective = any (q.perspectives) then q.perspectives else q.perspectives || row.perspective end,
      last_activity_at = greatest(q.last_activity_at, row.posted_at)
    where q.id = row.question_id;
    return null;
  end if;
  -- Waits for others who count this question; the next statement then sees what they did.
  perform from public.questions q where q.id = row.question_id for update;
  update public.questions q set
    answer_count = c.answers,
    answers_first_day = c.first_day,
    helped_count = c.helped,
    perspectives = c.perspectives,
    last_activity_at = greatest(q.last_activity_at, coalesce(row.edited_at, row.posted_at))
  from (
    select count(*) as answers, count(a.helped_at) as helped,
      count(*) filter (where a.posted_at < (select asked.asked_at from public.questions asked where asked.id = row.question_id) + interval '24 hours') as first_day,
      coalesce(array_agg(distinct a.perspective) filter (where a.perspective is not null), '{}') as perspectives
    from public.answers a
    where a.question_id = row.question_id and a.parent_id is null and not a.by_asker and a.hidden_at is null and a.withdrawn_at is null
  ) c
  where q.id = row.question_id;
  return null;
end $$;--> statement-breakpoint
create function ctx.recount_thanks() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.answers a set thanks_count = a.thanks_count + case tg_op when 'INSERT' then 1 else -1 end
  where a.id = coalesce(new.answer_id, old.answer_id);
  return null;
end $$;--> statement-breakpoint
create function ctx.recount_me_toos() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.questions q set me_too_count = q.me_too_count + case tg_op when 'INSERT' then 1 else -1 end
  where q.id = coalesce(new.question_id, old.question_id);
  return null;
end $$;--> statement-breakpoint
create function ctx.note_yield() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.questions q set yield_at = new.shared_at, last_activity_at = greatest(q.last_activity_at, new.shared_at) where q.id = new.question_id;
  return null;
end $$;--> statement-breakpoint
create function ctx.note_state() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.question_themes t set state = new.state, yield_at = new.yield_at where t.question_id = new.id;
  return null;
end $$;--> statement-breakpoint
-- The region of a question follows what its named asker shows to everyone, so that the filter tells no more than the profile.
create function ctx.note_region() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.questions q set shown_region = case when new.region_visibility = 'everyone' then new.region_code end where q.author_id = new.id;
  return null;
end $$;--> statement-breakpoint
do $$
declare f text;
begin
  foreach f in array array['recount_question()', 'recount_thanks()', 'recount_me_toos()', 'note_yield()', 'note_state()', 'note_region()'] loop
    execute format('alter function ctx.%s owner to meedenk_definer', f);
    execute format('revoke execute on function ctx.%s from public', f);
  end loop;
end $$;--> statement-breakpoint
create trigger recount_question after insert or update of hidden_at, withdrawn_at, helped_at, edited_at on answers for each row execute function ctx.recount_question();--> statement-breakpoint
create trigger recount_thanks after insert or delete on thanks for each row execute function ctx.recount_thanks();--> statement-breakpoint
create trigger recount_me_toos after insert or delete on me_toos for each row execute function ctx.recount_me_toos();--> statement-breakpoint
create trigger note_yield after insert or update on yields for each row execute function ctx.note_yield();--> statement-breakpoint
create trigger note_state after update on questions for each row
  when (old.state is distinct from new.state or old.yield_at is distinct from new.yield_at) execute function ctx.note_state();--> statement-breakpoint
create trigger note_region after update of region_code, region_visibility on people for each row
  when (old.region_code is distinct from new.region_code or old.region_visibility is distinct from new.region_visibility) execute function ctx.note_region();--> statement-breakpoint
-- Counts change often; room on the page lets that happen without touching an index.
alter table questions set (fillfactor = 85);--> statement-breakpoint

-- Only the fact that a question of the plaza was taken away, so that its address can answer 410; never what it said.
create function ctx.is_gone(question uuid, question_number bigint) returns boolean language sql stable security definer set search_path = ''
  return exists (
    select from public.questions q
    where (q.id = question or q.number = question_number) and q.channel_id = ctx.plaza() and q.state = 'gone');--> statement-breakpoint
alter function ctx.is_gone(uuid, bigint) owner to meedenk_definer;--> statement-breakpoint
revoke execute on function ctx.is_gone(uuid, bigint) from public;--> statement-breakpoint
grant execute on function ctx.is_gone(uuid, bigint) to meedenk_api;--> statement-breakpoint

-- An asker marks answers of others; nothing else of such an answer may change by their hand.
create function ctx.guard_answer() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'meedenk_api' and not ctx.wrote(old.id) and not ctx.is_moderator() then
    raise exception 'only the writer changes a post' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint
revoke execute on function ctx.guard_answer() from public;--> statement-breakpoint
create trigger guard_answer before update on answers for each row
  when (old.body is distinct from new.body or old.edited_at is distinct from new.edited_at or old.version is distinct from new.version
    or old.hidden_at is distinct from new.hidden_at or old.withdrawn_at is distinct from new.withdrawn_at) execute function ctx.guard_answer();
