-- Anybody may report, also without an account; only moderators read reports.
create policy file on reports for insert to meedenk_api
  with check (channel_id = ctx.plaza() and decided_at is null and (reporter_id is null or reporter_id = (select ctx.person_id())));--> statement-breakpoint
create policy read on reports for select to meedenk_api using ((select ctx.is_moderator()));--> statement-breakpoint
create policy decide on reports for update to meedenk_api using ((select ctx.is_moderator())) with check ((select ctx.is_moderator()));--> statement-breakpoint
create policy worker on reports for select to meedenk_worker using ((select ctx.system()) is not null);--> statement-breakpoint
grant select, insert on reports to meedenk_api;--> statement-breakpoint
grant update (decided_at) on reports to meedenk_api;--> statement-breakpoint
grant select on reports to meedenk_worker;--> statement-breakpoint
grant usage on sequence reports_number_seq, questions_number_seq to meedenk_api;--> statement-breakpoint

create policy decide on moderation_decisions for insert to meedenk_api with check ((select ctx.is_moderator()) and decided_by = (select ctx.person_id()));--> statement-breakpoint
create policy read on moderation_decisions for select to meedenk_api using ((select ctx.is_moderator()) or ctx.wrote(subject_id));--> statement-breakpoint
create policy worker on moderation_decisions for select to meedenk_worker using ((select ctx.system()) is not null);--> statement-breakpoint
grant select, insert on moderation_decisions to meedenk_api;--> statement-breakpoint
grant select on moderation_decisions to meedenk_worker;
