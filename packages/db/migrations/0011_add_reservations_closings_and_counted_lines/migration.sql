-- allow: require-concurrent-index-creation the columns are new, so the indexes are built over nothing; check lines are few
-- allow: constraint-missing-not-valid the columns are new, so there is nothing to look through
-- allow: adding-foreign-key-constraint the columns are new, so there is nothing to look through
-- allow: adding-field-with-default no count has been written yet: nothing could write one
-- allow: disallowed-unique-constraint no count has been written yet: nothing could write one
-- allow: require-enum-value-ordering nothing sorts by the kind of a command
CREATE TYPE "abc_class" AS ENUM('A', 'B', 'C');
--> statement-breakpoint
CREATE TYPE "reservation_change_kind" AS ENUM('held', 'shipped', 'released', 'expired', 'short', 'recovered');
--> statement-breakpoint
CREATE TYPE "reservation_status" AS ENUM('held', 'partly_shipped', 'shipped', 'released', 'expired', 'short');
--> statement-breakpoint
ALTER TYPE "command_kind" ADD VALUE 'check';
--> statement-breakpoint
ALTER TYPE "command_kind" ADD VALUE 'hold';
--> statement-breakpoint
ALTER TYPE "command_kind" ADD VALUE 'release';
--> statement-breakpoint
CREATE TABLE "book_closings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "book_closings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"closed_before" timestamp(3) with time zone NOT NULL,
	"reason" text NOT NULL,
	"closed_by" uuid NOT NULL,
	"recorded_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reservation_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "reservation_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"reservation_id" uuid NOT NULL,
	"kind" "reservation_change_kind" NOT NULL,
	"quantity" bigint NOT NULL,
	"command_id" uuid,
	"actor_id" uuid,
	"recorded_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "reservation_changes_quantity_check" CHECK ("quantity" >= 1)
);
--> statement-breakpoint
CREATE TABLE "reservations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	"command_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"location_id" uuid NOT NULL,
	"lot_id" uuid,
	"quantity" bigint NOT NULL,
	"shipped" bigint DEFAULT 0 NOT NULL,
	"released" bigint DEFAULT 0 NOT NULL,
	"short" bigint DEFAULT 0 NOT NULL,
	"status" "reservation_status" DEFAULT 'held'::"reservation_status" NOT NULL,
	"expires_at" timestamp(3) with time zone,
	"partner_id" uuid,
	"reference" text,
	"note" text,
	"created_by" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "reservations_quantity_check" CHECK ("quantity" between 1 and 9007199254740991),
	CONSTRAINT "reservations_parts_check" CHECK ("shipped" >= 0 and "released" >= 0 and "short" >= 0
        and "shipped" + "released" + "short" <= "quantity")
);
--> statement-breakpoint
ALTER TABLE "commands" ADD COLUMN "device_id" text;
--> statement-breakpoint
ALTER TABLE "inventory_check_counts" ADD COLUMN "command_id" uuid DEFAULT gen_random_uuid() NOT NULL;
--> statement-breakpoint
ALTER TABLE "inventory_check_lines" ADD COLUMN "is_found" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "inventory_check_lines" ADD COLUMN "counted_at" timestamp(3) with time zone;
--> statement-breakpoint
ALTER TABLE "inventory_check_lines" ADD COLUMN "expected" bigint;
--> statement-breakpoint
ALTER TABLE "inventory_check_lines" ADD COLUMN "counted" bigint;
--> statement-breakpoint
ALTER TABLE "inventory_check_lines" ADD COLUMN "unit_cost" numeric(14,4);
--> statement-breakpoint
ALTER TABLE "inventory_checks" ADD COLUMN "round" integer DEFAULT 1 NOT NULL;
--> statement-breakpoint
ALTER TABLE "inventory_checks" ADD COLUMN "remark" text;
--> statement-breakpoint
ALTER TABLE "locations" ADD COLUMN "pick_sequence" integer;
--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "minimum_shelf_life_days" integer;
--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "minimum_stock" bigint;
--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "maximum_stock" bigint;
--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "abc_class" "abc_class";
--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "minimum_shelf_life_days" integer;
--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "unit_cost" numeric(14,4);
--> statement-breakpoint
ALTER TABLE "stock_movements" ADD COLUMN "reservation_id" uuid;
--> statement-breakpoint
ALTER TABLE "stock_movements" ADD COLUMN "check_line_id" uuid;
--> statement-breakpoint
ALTER TABLE "stock_movements" ADD COLUMN "compensates_id" bigint;
--> statement-breakpoint
ALTER TABLE "inventory_check_counts" ADD CONSTRAINT "inventory_check_counts_command_id_key" UNIQUE("command_id");
--> statement-breakpoint
CREATE INDEX "book_closings_closed_by_idx" ON "book_closings" ("closed_by");
--> statement-breakpoint
CREATE INDEX "inventory_check_lines_posted_idx" ON "inventory_check_lines" ("product_id","location_id","counted_at") WHERE "status" = 'posted';
--> statement-breakpoint
CREATE INDEX "reservation_changes_reservation_id_idx" ON "reservation_changes" ("reservation_id","id");
--> statement-breakpoint
CREATE INDEX "reservations_open_idx" ON "reservations" ("product_id") WHERE "shipped" + "released" < "quantity";
--> statement-breakpoint
CREATE INDEX "reservations_expires_at_idx" ON "reservations" ("expires_at") WHERE "shipped" + "released" < "quantity";
--> statement-breakpoint
CREATE INDEX "reservations_created_at_idx" ON "reservations" ("created_at","id");
--> statement-breakpoint
CREATE INDEX "reservations_reference_idx" ON "reservations" ("reference");
--> statement-breakpoint
CREATE UNIQUE INDEX "stock_movements_check_line_id_key" ON "stock_movements" ("check_line_id") WHERE "check_line_id" is not null and "compensates_id" is null;
--> statement-breakpoint
CREATE INDEX "stock_movements_reservation_id_idx" ON "stock_movements" ("reservation_id") WHERE "reservation_id" is not null;
--> statement-breakpoint
CREATE INDEX "stock_movements_compensates_id_idx" ON "stock_movements" ("compensates_id") WHERE "compensates_id" is not null;
--> statement-breakpoint
ALTER TABLE "book_closings" ADD CONSTRAINT "book_closings_closed_by_fkey" FOREIGN KEY ("closed_by") REFERENCES "users"("id");
--> statement-breakpoint
ALTER TABLE "reservation_changes" ADD CONSTRAINT "reservation_changes_reservation_id_fkey" FOREIGN KEY ("reservation_id") REFERENCES "reservations"("id");
--> statement-breakpoint
ALTER TABLE "reservation_changes" ADD CONSTRAINT "reservation_changes_command_id_fkey" FOREIGN KEY ("command_id") REFERENCES "commands"("id");
--> statement-breakpoint
ALTER TABLE "reservation_changes" ADD CONSTRAINT "reservation_changes_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users"("id");
--> statement-breakpoint
ALTER TABLE "reservations" ADD CONSTRAINT "reservations_command_id_fkey" FOREIGN KEY ("command_id") REFERENCES "commands"("id");
--> statement-breakpoint
ALTER TABLE "reservations" ADD CONSTRAINT "reservations_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id");
--> statement-breakpoint
ALTER TABLE "reservations" ADD CONSTRAINT "reservations_location_id_fkey" FOREIGN KEY ("location_id") REFERENCES "locations"("id");
--> statement-breakpoint
ALTER TABLE "reservations" ADD CONSTRAINT "reservations_lot_id_fkey" FOREIGN KEY ("lot_id","product_id") REFERENCES "lots"("id","product_id");
--> statement-breakpoint
ALTER TABLE "reservations" ADD CONSTRAINT "reservations_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partners"("id");
--> statement-breakpoint
ALTER TABLE "reservations" ADD CONSTRAINT "reservations_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users"("id");
--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_reservation_id_fkey" FOREIGN KEY ("reservation_id") REFERENCES "reservations"("id");
--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_check_line_id_fkey" FOREIGN KEY ("check_line_id") REFERENCES "inventory_check_lines"("id");
--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_compensates_id_fkey" FOREIGN KEY ("compensates_id") REFERENCES "stock_movements"("id");
--> statement-breakpoint
ALTER TABLE "inventory_check_lines" ADD CONSTRAINT "inventory_check_lines_posted_check" CHECK ("status" <> 'posted' or ("counted_at" is not null
        and "expected" is not null and "counted" is not null));
--> statement-breakpoint
ALTER TABLE "partners" ADD CONSTRAINT "partners_minimum_shelf_life_days_check" CHECK ("minimum_shelf_life_days" >= 0);
--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_unit_cost_check" CHECK ("unit_cost" >= 0);
--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_stock_bounds_check" CHECK ("minimum_stock" >= 0 and "minimum_stock" <= 9007199254740991
        and "maximum_stock" >= 0 and "maximum_stock" <= 9007199254740991
        and "maximum_stock" >= "minimum_stock");
--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_minimum_shelf_life_days_check" CHECK ("minimum_shelf_life_days" >= 0);
--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_reservation_check" CHECK ("reservation_id" is null or "type" = 'outgoing');
--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_count_check" CHECK (("check_line_id" is null and "compensates_id" is null) or "type" = 'adjustment');
--> statement-breakpoint
CREATE TRIGGER "reservation_changes_refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "reservation_changes"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "book_closings_refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "book_closings"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "inventory_check_counts_refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "inventory_check_counts"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
-- A closing waits for what is being posted, and holds off what comes: nothing slips in between.
-- It runs as its owner, since the server has no right to lock the book.
CREATE FUNCTION "book_closings_wait_for_the_book"() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  LOCK TABLE stock_movements IN SHARE ROW EXCLUSIVE MODE;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "book_closings_wait_for_the_book" BEFORE INSERT ON "book_closings"
  FOR EACH STATEMENT EXECUTE FUNCTION "book_closings_wait_for_the_book"();
--> statement-breakpoint
CREATE FUNCTION "stock_movements_refuse_closed_period"() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  "closed" timestamptz;
  "fault" record;
BEGIN
  SELECT closed_before INTO closed FROM book_closings ORDER BY id DESC LIMIT 1;
  IF closed IS NULL THEN RETURN NULL; END IF;
  SELECT line, occurred_at INTO fault FROM new_movements
    WHERE occurred_at < closed ORDER BY occurred_at LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the book is closed before %', closed
      USING ERRCODE = 'SB001', DETAIL = jsonb_build_object('code', 'PERIOD_CLOSED', 'line', fault.line,
        'occurredAt', to_char(fault.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'closedBefore', to_char(closed AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))::text;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "stock_movements_refuse_closed_period" AFTER INSERT ON "stock_movements"
  REFERENCING NEW TABLE AS "new_movements"
  FOR EACH STATEMENT EXECUTE FUNCTION "stock_movements_refuse_closed_period"();
--> statement-breakpoint
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'stockbook_server') THEN
    GRANT SELECT ON "reservations", "reservation_changes", "book_closings" TO stockbook_server;
    GRANT INSERT, UPDATE ON "reservations" TO stockbook_server;
    GRANT INSERT ON "reservation_changes", "book_closings" TO stockbook_server;
  END IF;
END $$;
