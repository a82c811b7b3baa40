CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"recipient" varchar(254) NOT NULL,
	"fullname" varchar(500) NOT NULL,
	"locale" varchar(254) NOT NULL,
	"data" jsonb NOT NULL,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	"tried" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "personal_data_exports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" integer NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"bytes" bigint,
	"created" timestamp with time zone DEFAULT now() NOT NULL,
	"tried" timestamp with time zone,
	"finished" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "erased" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "personal_data_exports" ADD CONSTRAINT "personal_data_exports_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mails_created_idx" ON "mails" USING btree ("created");--> statement-breakpoint
CREATE INDEX "personal_data_exports_user_id_idx" ON "personal_data_exports" USING btree ("user_id","created");--> statement-breakpoint
CREATE INDEX "personal_data_exports_created_idx" ON "personal_data_exports" USING btree ("created");--> statement-breakpoint
CREATE INDEX "archived_rows_user_id_idx" ON "archived_rows" USING btree (("content" ->> 'user_id')) WHERE "archived_rows"."kind" = 'task_run';--> statement-breakpoint
CREATE INDEX "audit_log_user_id_idx" ON "audit_log" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "users_admin_idx" ON "users" USING btree ("id") WHERE "users"."admin";--> statement-breakpoint
CREATE INDEX "users_erased_idx" ON "users" USING btree ("id") WHERE "users"."erased" is not null;--> statement-breakpoint
CREATE INDEX "users_search_idx" ON "users" USING gin (to_tsvector('simple', "name" || ' ' || "fullname" || ' ' || "email_addr"));