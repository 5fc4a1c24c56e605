-- allow: adding-foreign-key-constraint the tables are new, so there is nothing to look through
CREATE TYPE "attachment_media_type" AS ENUM('image/png', 'image/jpeg', 'image/webp', 'application/pdf', 'text/csv');
--> statement-breakpoint
CREATE TABLE "attachment_contents" (
	"attachment_id" uuid PRIMARY KEY,
	"content" bytea NOT NULL,
	CONSTRAINT "attachment_contents_content_check" CHECK (octet_length("content") between 1 and 5242880)
);
--> statement-breakpoint
CREATE TABLE "attachments" (
	"id" uuid PRIMARY KEY,
	"product_id" uuid,
	"lot_id" uuid,
	"partner_id" uuid,
	"check_id" uuid,
	"command_id" uuid,
	"file_name" text NOT NULL,
	"media_type" "attachment_media_type" NOT NULL,
	"byte_size" integer NOT NULL,
	"sha256" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp(3) with time zone,
	"removed_by" uuid,
	CONSTRAINT "attachments_one_entity_check" CHECK (num_nonnulls("product_id", "lot_id", "partner_id", "check_id", "command_id") = 1),
	CONSTRAINT "attachments_byte_size_check" CHECK ("byte_size" between 1 and 5242880),
	CONSTRAINT "attachments_removed_check" CHECK (("removed_at" is null) = ("removed_by" is null))
);
--> statement-breakpoint
CREATE INDEX "attachments_product_id_idx" ON "attachments" ("product_id","created_at","id") WHERE "product_id" is not null;
--> statement-breakpoint
CREATE INDEX "attachments_lot_id_idx" ON "attachments" ("lot_id","created_at","id") WHERE "lot_id" is not null;
--> statement-breakpoint
CREATE INDEX "attachments_partner_id_idx" ON "attachments" ("partner_id","created_at","id") WHERE "partner_id" is not null;
--> statement-breakpoint
CREATE INDEX "attachments_check_id_idx" ON "attachments" ("check_id","created_at","id") WHERE "check_id" is not null;
--> statement-breakpoint
CREATE INDEX "attachments_command_id_idx" ON "attachments" ("command_id","created_at","id") WHERE "command_id" is not null;
--> statement-breakpoint
CREATE INDEX "attachments_created_by_idx" ON "attachments" ("created_by","created_at");
--> statement-breakpoint
ALTER TABLE "attachment_contents" ADD CONSTRAINT "attachment_contents_attachment_id_fkey" FOREIGN KEY ("attachment_id") REFERENCES "attachments"("id");
--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id");
--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_lot_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");
--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partners"("id");
--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_check_id_fkey" FOREIGN KEY ("check_id") REFERENCES "inventory_checks"("id");
--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_command_id_fkey" FOREIGN KEY ("command_id") REFERENCES "commands"("id");
--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users"("id");
--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_removed_by_fkey" FOREIGN KEY ("removed_by") REFERENCES "users"("id");
--> statement-breakpoint
-- Pictures and PDFs are compressed already: PostgreSQL need not try.
ALTER TABLE "attachment_contents" ALTER COLUMN "content" SET STORAGE EXTERNAL;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION "grant_to_server"("role_name" text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', role_name);
  EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA public TO %I', role_name);
  EXECUTE format('GRANT INSERT, UPDATE ON users, sessions, api_keys, categories, partners, products,
    packagings, locations, lots, inventory_checks, inventory_check_lines, reservations TO %I', role_name);
  EXECUTE format('GRANT INSERT, UPDATE, DELETE ON product_codes, rate_limits TO %I', role_name);
  EXECUTE format('GRANT INSERT ON commands, stock_movements, audit_log, inventory_check_counts,
    reservation_changes, book_closings, uncounted_movements TO %I', role_name);
  -- An attachment is taken away, never altered.
  EXECUTE format('GRANT INSERT, UPDATE (removed_at, removed_by) ON attachments TO %I', role_name);
  EXECUTE format('GRANT INSERT, DELETE ON attachment_contents TO %I', role_name);
  EXECUTE format('GRANT USAGE ON SEQUENCE stock_movements_id_seq TO %I', role_name);
  -- Row locks need the right to update; the triggers refuse the update itself.
  EXECUTE format('GRANT UPDATE ON commands, stock_levels TO %I', role_name);
  EXECUTE format('GRANT EXECUTE ON FUNCTION audit_link(boolean) TO %I', role_name);
  IF to_regclass('migrations.applied') IS NOT NULL THEN
    EXECUTE format('GRANT USAGE ON SCHEMA migrations TO %I', role_name);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA migrations TO %I', role_name);
  END IF;
END $$;
--> statement-breakpoint
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'stockbook_server') THEN
    PERFORM grant_to_server('stockbook_server');
  END IF;
END $$;
