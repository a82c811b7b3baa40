-- Room on each page for the new version of a task row, so that counting an answer stays a heap-only update.
ALTER TABLE "tasks" SET (fillfactor = 85);--> statement-breakpoint
ALTER TABLE "project_stats" SET (fillfactor = 50);--> statement-breakpoint
-- Rows come and go within a second: vacuum often, or the relay walks over the dead.
ALTER TABLE "outbox" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);--> statement-breakpoint
INSERT INTO "categories" ("name", "short_name", "description") VALUES
  ('Thinking', 'thinking', 'Volunteer Thinking projects'),
  ('Volunteer Sensing', 'sensing', 'Volunteer Sensing projects')
ON CONFLICT DO NOTHING;
