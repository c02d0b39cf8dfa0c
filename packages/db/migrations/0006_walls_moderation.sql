-- The wall stands here too: a moderator of the plaza reads and decides nothing in a closed channel.
do $$
declare t text;
begin
  foreach t in array array['reports', 'moderation_decisions'] loop
    execute format('create policy wall on %I as restrictive for all to meedenk_api
      using (channel_id = ctx.plaza() or channel_id = any ((select ctx.readable_channels())::uuid[]))
      with check (channel_id = ctx.plaza() or channel_id = any ((select ctx.writable_channels())::uuid[]))', t);
    execute format('create policy worker_wall on %I as restrictive for all to meedenk_worker
      using (channel_id = (select ctx.channel_id())) with check (channel_id = (select ctx.channel_id()))', t);
  end loop;
end $$;--> statement-breakpoint
-- Anybody may report, also without an account; only moderators read reports.
create policy file on reports for insert to meedenk_api
  with check (channel_id = ctx.plaza() and decided_at is null and (reporter_id is null or reporter_id = (select ctx.person_id())));--> statement-breakpoint
create policy read on reports for select to meedenk_api using ((select ctx.is_moderator()));--> statement-breakpoint
create policy decide on reports for update to meedenk_api using ((select ctx.is_moderator())) with check ((select ctx.is_moderator()));--> statement-breakpoint
create policy worker on reports for select to meedenk_worker using ((select ctx.system()) is not null);--> statement-breakpoint
grant select, insert on reports to meedenk_api;--> statement-breakpoint
grant update (decided_at) on reports to meedenk_api;--> statement-breakpoint
grant select on reports to meedenk_worker;--> statement-breakpoint

create policy decide on moderation_decisions for insert to meedenk_api with check ((select ctx.is_moderator()) and decided_by = (select ctx.person_id()));--> statement-breakpoint
create policy read on moderation_decisions for select to meedenk_api using ((select ctx.is_moderator()) or ctx.wrote(subject_id));--> statement-breakpoint
create policy worker on moderation_decisions for select to meedenk_worker using ((select ctx.system()) is not null);--> statement-breakpoint
grant select, insert on moderation_decisions to meedenk_api;--> statement-breakpoint
grant select on moderation_decisions to meedenk_worker;--> statement-breakpoint

create policy turns on throttles for all to meedenk_definer using (true) with check (true);--> statement-breakpoint
create policy fast_lane on reports for select to meedenk_definer using (true);--> statement-breakpoint
create policy fast_lane on moderation_decisions for select to meedenk_definer using (true);--> statement-breakpoint
create policy status on mails for select to meedenk_definer using (true);--> statement-breakpoint
create policy status on events for select to meedenk_definer using (true);--> statement-breakpoint
create policy status on cursors for select to meedenk_definer using (true);--> statement-breakpoint
grant select on reports, moderation_decisions, mails, events, cursors to meedenk_definer;--> statement-breakpoint
grant select, insert, update on throttles to meedenk_definer;--> statement-breakpoint

-- Counts a turn under a key; answers how many seconds to wait, 0 when this turn is granted.
create function ctx.take_turn(turn text, most int, lasts interval, at timestamptz) returns int
  language sql security definer set search_path = '' as $$
  insert into public.throttles as t (key, hits, resets_at) values ('turn:' || turn, 1, at + lasts)
  on conflict (key) do update set
    hits = case when t.resets_at <= at then 1 else t.hits + 1 end,
    resets_at = case when t.resets_at <= at then at + lasts else t.resets_at end
  returning case when t.hits <= most then 0 else ceil(extract(epoch from t.resets_at - at))::int end
$$;--> statement-breakpoint

-- The fast lane: a post in which somebody can be recognised hides at once, until a moderator has looked.
-- It hides nothing but the subject of an open report of that reason, and not again what a moderator left standing.
create function ctx.hide_until_checked(report uuid, at timestamptz) returns boolean
  language plpgsql security definer set search_path = '' as $$
declare
  subject uuid;
  kind text;
  changed int;
begin
  select r.subject_id, r.subject_kind into subject, kind from public.reports r
  where r.id = report and r.reason = 'recognisable' and r.decided_at is null and r.channel_id = ctx.plaza();
  if subject is null then return false; end if;
  if kind = 'question' then
    update public.questions q set hidden_at = at
    where q.id = subject and q.channel_id = ctx.plaza() and q.hidden_at is null
      and not exists (select from public.moderation_decisions d where d.subject_id = subject and d.decision <> 'hide' and d.decided_at > coalesce(q.edited_at, q.asked_at));
  else
    update public.answers a set hidden_at = at
    where a.id = subject and a.channel_id = ctx.plaza() and a.hidden_at is null
      and not exists (select from public.moderation_decisions d where d.subject_id = subject and d.decision <> 'hide' and d.decided_at > coalesce(a.edited_at, a.posted_at));
  end if;
  get diagnostics changed = row_count;
  return changed > 0;
end $$;--> statement-breakpoint

-- The number that a reporter hears; reports themselves are for moderators.
create function ctx.report_number(report uuid) returns bigint language sql stable security definer set search_path = '' as $$
  select r.number from public.reports r where r.id = report
$$;--> statement-breakpoint

-- How long mail and events have been waiting, in seconds; only numbers leave, for the public status page.
create function ctx.waiting_seconds() returns table (mail double precision, events double precision)
  language sql stable security definer set search_path = '' as $$
  select
    (select extract(epoch from now() - min(m.queued_at)) from public.mails m where m.sent_at is null and m.failed_at is null),
    (select extract(epoch from now() - uuid_extract_timestamp(e.id))
     from public.events e
     where (e.xid, e.id) > (
       coalesce((select min(c.xid) from public.cursors c), '0'::xid8),
       coalesce((select c.id from public.cursors c order by c.xid, c.id limit 1), '00000000-0000-0000-0000-000000000000'::uuid))
     order by e.xid, e.id limit 1)
$$;--> statement-breakpoint

do $$
declare f text;
begin
  foreach f in array array['take_turn(text, int, interval, timestamptz)', 'hide_until_checked(uuid, timestamptz)', 'report_number(uuid)', 'waiting_seconds()'] loop
    execute format('alter function ctx.%s owner to meedenk_definer', f);
    execute format('revoke execute on function ctx.%s from public', f);
    execute format('grant execute on function ctx.%s to meedenk_api', f);
  end loop;
end $$;
