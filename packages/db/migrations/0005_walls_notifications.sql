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
grant execute on function ctx.noticed(uuid[], timestamptz) to meedenk_api;
