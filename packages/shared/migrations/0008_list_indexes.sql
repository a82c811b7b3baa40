DROP INDEX "task_runs_project_finish_time_idx";--> statement-breakpoint
DROP INDEX "tasks_project_created_idx";--> statement-breakpoint
CREATE INDEX "results_project_idx" ON "results" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "results_old_idx" ON "results" USING btree ("id") WHERE not "results"."last_version";--> statement-breakpoint
CREATE INDEX "results_project_task_id_idx" ON "results" USING btree ("project_id","task_id","id");--> statement-breakpoint
CREATE INDEX "results_project_created_idx" ON "results" USING btree ("project_id","created","id");--> statement-breakpoint
CREATE INDEX "task_runs_project_created_idx" ON "task_runs" USING btree ("project_id","created","id");--> statement-breakpoint
CREATE INDEX "task_runs_project_timeout_idx" ON "task_runs" USING btree ("project_id","timeout","id") WHERE "task_runs"."timeout" is not null;--> statement-breakpoint
CREATE INDEX "task_runs_project_calibration_idx" ON "task_runs" USING btree ("project_id","calibration","id") WHERE "task_runs"."calibration" is not null;--> statement-breakpoint
CREATE INDEX "task_runs_media_url_idx" ON "task_runs" USING btree (left("media_url", 200),"id") WHERE "task_runs"."media_url" is not null;--> statement-breakpoint
CREATE INDEX "task_runs_user_ip_idx" ON "task_runs" USING btree ("user_ip","id") WHERE "task_runs"."user_ip" is not null;--> statement-breakpoint
CREATE INDEX "tasks_project_n_answers_idx" ON "tasks" USING btree ("project_id","n_answers","id");--> statement-breakpoint
CREATE INDEX "tasks_project_quorum_idx" ON "tasks" USING btree ("project_id","quorum","id") WHERE "tasks"."quorum" <> 0;--> statement-breakpoint
CREATE INDEX "tasks_project_calibration_idx" ON "tasks" USING btree ("project_id","calibration","id") WHERE "tasks"."calibration" <> 0;--> statement-breakpoint
CREATE INDEX "tasks_project_favourites_idx" ON "tasks" USING btree ("project_id",coalesce(cardinality("fav_user_ids"), 0),"id") WHERE coalesce(cardinality("tasks"."fav_user_ids"), 0) <> 0;--> statement-breakpoint
CREATE INDEX "tasks_words_idx" ON "tasks" USING gin (search_text("info"));--> statement-breakpoint
CREATE INDEX "tasks_large_info_idx" ON "tasks" USING btree ("id") WHERE octet_length("tasks"."info"::text) > 100000;--> statement-breakpoint
CREATE INDEX "task_runs_project_finish_time_idx" ON "task_runs" USING btree ("project_id","finish_time","id");--> statement-breakpoint
CREATE INDEX "tasks_project_created_idx" ON "tasks" USING btree ("project_id","created","id");