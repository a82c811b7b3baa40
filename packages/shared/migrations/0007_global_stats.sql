CREATE TABLE "global_stats" (
	"id" integer PRIMARY KEY NOT NULL,
	"measured" timestamp (6) with time zone NOT NULL,
	"figures" jsonb NOT NULL,
	CONSTRAINT "global_stats_one_row_check" CHECK ("global_stats"."id" = 1)
);
