-- Notices are written by the worker only; a person reads and handles their own.
create policy own on notices for select to meedenk_api using (person_id = (select ctx.person_id()));--> statement-breakpoint
create policy own_handle on notices for update to meedenk_api using (person_id = (select ctx.person_id())) with check (person_id = (select ctx.person_id()));--> statement-breakpoint
create policy wall on notices as restrictive for all to meedenk_worker using (channel_id = (select ctx.channel_id())) with check (channel_id = (select ctx.channel_id()));--> statement-breakpoint
create policy worker on notices for all to meedenk_worker using ((select ctx.system()) is not null) with check ((select ctx.system()) is not null);--> statement-breakpoint
grant select on notices to meedenk_api;--> statement-breakpoint
grant update (state, handled_at, until) on notices to meedenk_api;--> statement-breakpoint
grant select, insert, update, delete on notices to meedenk_worker;--> statement-breakpoint

create policy worker on mails for all to meedenk_worker using ((select ctx.system()) is not null) with check ((select ctx.system()) is not null);--> statement-breakpoint
grant select, insert, update, delete on mails to meedenk_worker;--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['pace_settings', 'mail_pauses'] loop
    execute format('create policy own on %I for all to meedenk_api using (person_id = (select ctx.person_id())) with check (person_id = (select ctx.person_id()))', t);
    execute format('create policy worker on %I for select to meedenk_worker using ((select ctx.system()) is not null)', t);
    execute format('grant select, insert, update, delete on %I to meedenk_api', t);
    execute format('grant select on %I to meedenk_worker', t);
  end loop;
end $$;--> statement-breakpoint

-- Which of the people now connected got something new; ids only, for the live stream.
create function ctx.noticed(connected uuid[], since timestamptz) returns table (person_id uuid)
  language sql stable security definer set search_path = '' as $$
  select c.id from unnest(connected) c (id)
  where exists (select from public.notices n where n.person_id = c.id and n.added_at >= since)
$$;--> statement-breakpoint
alter function ctx.noticed(uuid[], timestamptz) owner to meedenk_definer;--> statement-breakpoint
revoke execute on function ctx.noticed(uuid[], timestamptz) from public;--> statement-breakpoint
grant execute on function ctx.noticed(uuid[], timestamptz) to meedenk_api;--> statement-breakpoint

-- That notices were added is a signal for the stream; the event names nobody.
create policy signals on events for select to meedenk_api using (channel_id = ctx.plaza() and type = 'notices.added');--> statement-breakpoint

-- Twin of mailDueAt in the domain, tested against it: when a notice travels by mail at this pace, in Dutch time.
create function ctx.mail_due(pace text, at timestamptz) returns timestamptz language plpgsql stable parallel safe set search_path = '' as $$
declare
  here timestamp := at at time zone 'Europe/Amsterdam';
  hour timestamp := date_trunc('hour', here) + interval '1 hour';
  morning timestamp := date_trunc('day', here) + interval '8 hours 30 minutes';
begin
  if pace = 'at_once' then return at; end if;
  if pace = 'pause' then return null; end if;
  if morning <= here then morning := morning + interval '1 day'; end if;
  if pace = 'bundled' then
    if extract(isodow from here) < 6 and hour::date = here::date and extract(hour from hour) between 8 and 18 then
      return hour at time zone 'Europe/Amsterdam';
    end if;
    while extract(isodow from morning) > 5 loop morning := morning + interval '1 day'; end loop;
  elsif pace = 'weekly' then
    while extract(isodow from morning) <> 1 loop morning := morning + interval '1 day'; end loop;
  end if;
  return morning at time zone 'Europe/Amsterdam';
end $$;--> statement-breakpoint
revoke execute on function ctx.mail_due(text, timestamptz) from public;--> statement-breakpoint
grant execute on function ctx.mail_due(text, timestamptz) to meedenk_worker;--> statement-breakpoint

-- The reason of a decision, for whoever was told of that decision: its author and its reporter.
create policy told on moderation_decisions for select to meedenk_definer using (true);--> statement-breakpoint
grant select on moderation_decisions to meedenk_definer;--> statement-breakpoint
create function ctx.reason_told(decision uuid) returns text language sql stable security definer set search_path = '' as $$
  select d.reason from public.moderation_decisions d
  where d.id = reason_told.decision
    and exists (select from public.notices n where n.person_id = ctx.person_id() and n.kind in ('post_decided', 'report_decided') and n.because = reason_told.decision::text)
$$;--> statement-breakpoint
alter function ctx.reason_told(uuid) owner to meedenk_definer;--> statement-breakpoint
revoke execute on function ctx.reason_told(uuid) from public;--> statement-breakpoint
grant execute on function ctx.reason_told(uuid) to meedenk_api;
