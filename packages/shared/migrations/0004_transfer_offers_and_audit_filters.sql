ALTER TABLE "projects" ADD COLUMN "pending_owner_login" varchar(254);--> statement-breakpoint
CREATE INDEX "audit_log_attribute_idx" ON "audit_log" USING btree ("project_id","attribute","id");--> statement-breakpoint
CREATE INDEX "audit_log_user_name_idx" ON "audit_log" USING btree ("project_id","user_name","id");