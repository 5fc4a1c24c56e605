CREATE TYPE "inventory_check_line_status" AS ENUM('to_count', 'counted', 'recount', 'accepted', 'posted', 'skipped');--> statement-breakpoint
CREATE TYPE "inventory_check_status" AS ENUM('open', 'review', 'posted', 'cancelled');--> statement-breakpoint
CREATE TABLE "inventory_check_counts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "inventory_check_counts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"line_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"quantity" bigint NOT NULL,
	"counted_by" uuid NOT NULL,
	"counted_at" timestamp(3) with time zone NOT NULL,
	"book_position" bigint NOT NULL,
	"recorded_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inventory_check_counts_quantity_check" CHECK ("quantity" between 0 and 9007199254740991),
	CONSTRAINT "inventory_check_counts_round_check" CHECK ("round" >= 1)
);
--> statement-breakpoint
CREATE TABLE "inventory_check_lines" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	"check_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"location_id" uuid NOT NULL,
	"lot_id" uuid,
	"status" "inventory_check_line_status" DEFAULT 'to_count'::"inventory_check_line_status" NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "inventory_check_lines_check_id_key" UNIQUE NULLS NOT DISTINCT("check_id","product_id","location_id","lot_id")
);
--> statement-breakpoint
CREATE TABLE "inventory_checks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	"title" text NOT NULL,
	"status" "inventory_check_status" DEFAULT 'open'::"inventory_check_status" NOT NULL,
	"scope" jsonb NOT NULL,
	"is_blind" boolean DEFAULT true NOT NULL,
	"accept_percent" numeric(7,4) DEFAULT '0' NOT NULL,
	"accept_value" numeric(14,4) DEFAULT '0' NOT NULL,
	"recount_percent" numeric(7,4) DEFAULT '0' NOT NULL,
	"opened_by" uuid NOT NULL,
	"approved_by" uuid,
	"approved_at" timestamp(3) with time zone,
	"command_id" uuid,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "inventory_checks_posted_check" CHECK ("status" <> 'posted' or "approved_by" is not null)
);
--> statement-breakpoint
CREATE INDEX "inventory_check_counts_line_id_idx" ON "inventory_check_counts" ("line_id","round");--> statement-breakpoint
CREATE INDEX "inventory_check_lines_product_id_idx" ON "inventory_check_lines" ("product_id");--> statement-breakpoint
CREATE INDEX "inventory_checks_status_idx" ON "inventory_checks" ("status","created_at");--> statement-breakpoint
ALTER TABLE "inventory_check_counts" ADD CONSTRAINT "inventory_check_counts_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "inventory_check_lines"("id");--> statement-breakpoint
ALTER TABLE "inventory_check_counts" ADD CONSTRAINT "inventory_check_counts_counted_by_fkey" FOREIGN KEY ("counted_by") REFERENCES "users"("id");--> statement-breakpoint
ALTER TABLE "inventory_check_lines" ADD CONSTRAINT "inventory_check_lines_check_id_fkey" FOREIGN KEY ("check_id") REFERENCES "inventory_checks"("id");--> statement-breakpoint
ALTER TABLE "inventory_check_lines" ADD CONSTRAINT "inventory_check_lines_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id");--> statement-breakpoint
ALTER TABLE "inventory_check_lines" ADD CONSTRAINT "inventory_check_lines_location_id_fkey" FOREIGN KEY ("location_id") REFERENCES "locations"("id");--> statement-breakpoint
ALTER TABLE "inventory_check_lines" ADD CONSTRAINT "inventory_check_lines_lot_id_fkey" FOREIGN KEY ("lot_id","product_id") REFERENCES "lots"("id","product_id");--> statement-breakpoint
ALTER TABLE "inventory_checks" ADD CONSTRAINT "inventory_checks_opened_by_fkey" FOREIGN KEY ("opened_by") REFERENCES "users"("id");--> statement-breakpoint
ALTER TABLE "inventory_checks" ADD CONSTRAINT "inventory_checks_approved_by_fkey" FOREIGN KEY ("approved_by") REFERENCES "users"("id");--> statement-breakpoint
ALTER TABLE "inventory_checks" ADD CONSTRAINT "inventory_checks_command_id_fkey" FOREIGN KEY ("command_id") REFERENCES "commands"("id");
