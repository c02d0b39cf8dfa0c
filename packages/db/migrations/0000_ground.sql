-- Roles are made by migrate.ts, because they belong to the cluster; here only what belongs to this database.
create extension if not exists citext;--> statement-breakpoint
create extension if not exists pg_trgm;--> statement-breakpoint
create schema if not exists ctx;--> statement-breakpoint
create schema if not exists search;--> statement-breakpoint
revoke all on schema public from public;--> statement-breakpoint
grant usage on schema public, ctx, search to meedenk_api, meedenk_worker, meedenk_definer;--> statement-breakpoint
grant create on schema ctx, search to meedenk_definer;
