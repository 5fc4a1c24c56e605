-- Search finds any part of a word; the extension is trusted, so the owner of the database may add it.
CREATE EXTENSION IF NOT EXISTS "pg_trgm";--> statement-breakpoint
CREATE TYPE "location_kind" AS ENUM('warehouse', 'zone', 'bin');--> statement-breakpoint
CREATE TYPE "lot_status" AS ENUM('available', 'hold', 'recalled');--> statement-breakpoint
CREATE TYPE "partner_kind" AS ENUM('supplier', 'customer');--> statement-breakpoint
CREATE TYPE "product_code_type" AS ENUM('gtin', 'own');--> statement-breakpoint
CREATE TYPE "product_tracking" AS ENUM('none', 'lot');--> statement-breakpoint
CREATE TYPE "user_role" AS ENUM('operator', 'admin');--> statement-breakpoint
CREATE TABLE "categories" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	"parent_id" uuid,
	"name" text NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp(3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "categories_parent_id_name_key" UNIQUE NULLS NOT DISTINCT("parent_id","name")
);
--> statement-breakpoint
CREATE TABLE "locations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	"parent_id" uuid,
	"kind" "location_kind" NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp(3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "locations_parent_check" CHECK (("kind" = 'warehouse') = ("parent_id" is null))
);
--> statement-breakpoint
CREATE TABLE "lots" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	"product_id" uuid NOT NULL,
	"code" text NOT NULL,
	"expires_on" date,
	"status" "lot_status" DEFAULT 'available'::"lot_status" NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp(3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "lots_product_id_code_key" UNIQUE("product_id","code"),
	CONSTRAINT "lots_id_product_id_key" UNIQUE("id","product_id")
);
--> statement-breakpoint
CREATE TABLE "packagings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	"product_id" uuid NOT NULL,
	"name" text NOT NULL,
	"factor" bigint NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp(3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "packagings_product_id_name_key" UNIQUE("product_id","name"),
	CONSTRAINT "packagings_id_product_id_key" UNIQUE("id","product_id"),
	CONSTRAINT "packagings_factor_check" CHECK ("factor" between 1 and 1000000000)
);
--> statement-breakpoint
CREATE TABLE "partners" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	"kind" "partner_kind" NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"contact_name" text,
	"email" text,
	"phone" text,
	"address" text,
	"country" text,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp(3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "partners_kind_code_key" UNIQUE("kind","code")
);
--> statement-breakpoint
CREATE TABLE "product_codes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	"product_id" uuid NOT NULL,
	"packaging_id" uuid,
	"type" "product_code_type" NOT NULL,
	"code" text NOT NULL,
	"lookup_key" text NOT NULL CONSTRAINT "product_codes_lookup_key_key" UNIQUE,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "products" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	"sku" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"supplier_id" uuid,
	"base_unit" text NOT NULL,
	"tracking" "product_tracking" DEFAULT 'none'::"product_tracking" NOT NULL,
	"reorder_point" bigint,
	"unit_price" numeric(14,4),
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp(3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "products_reorder_point_check" CHECK ("reorder_point" between 0 and 9007199254740991),
	CONSTRAINT "products_unit_price_check" CHECK ("unit_price" >= 0)
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	"username" text NOT NULL,
	"display_name" text NOT NULL,
	"role" "user_role" NOT NULL,
	"password_hash" text NOT NULL,
	"disabled_at" timestamp(3) with time zone,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE INDEX "categories_name_idx" ON "categories" ("name","id");--> statement-breakpoint
CREATE UNIQUE INDEX "locations_code_key" ON "locations" (lower("code"));--> statement-breakpoint
CREATE INDEX "locations_parent_id_idx" ON "locations" ("parent_id");--> statement-breakpoint
CREATE INDEX "locations_name_idx" ON "locations" ("name","id");--> statement-breakpoint
CREATE INDEX "lots_code_idx" ON "lots" ("code","id");--> statement-breakpoint
CREATE INDEX "lots_expires_on_idx" ON "lots" ("expires_on");--> statement-breakpoint
CREATE INDEX "partners_name_idx" ON "partners" ("name","id");--> statement-breakpoint
CREATE INDEX "product_codes_product_id_idx" ON "product_codes" ("product_id");--> statement-breakpoint
CREATE UNIQUE INDEX "products_sku_key" ON "products" (lower("sku"));--> statement-breakpoint
CREATE INDEX "products_name_idx" ON "products" ("name","id");--> statement-breakpoint
CREATE INDEX "products_supplier_id_idx" ON "products" ("supplier_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_username_key" ON "users" (lower("username"));--> statement-breakpoint
ALTER TABLE "categories" ADD CONSTRAINT "categories_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "categories"("id");--> statement-breakpoint
ALTER TABLE "locations" ADD CONSTRAINT "locations_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "locations"("id");--> statement-breakpoint
ALTER TABLE "lots" ADD CONSTRAINT "lots_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id");--> statement-breakpoint
ALTER TABLE "packagings" ADD CONSTRAINT "packagings_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id");--> statement-breakpoint
ALTER TABLE "product_codes" ADD CONSTRAINT "product_codes_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id");--> statement-breakpoint
ALTER TABLE "product_codes" ADD CONSTRAINT "product_codes_packaging_id_fkey" FOREIGN KEY ("packaging_id","product_id") REFERENCES "packagings"("id","product_id");--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "partners"("id");
--> statement-breakpoint
-- A tree must end at its top: a row below itself would be found by nobody. The lock lets one
-- change of a tree wait for another, since two that are right alone can close a ring together.
CREATE FUNCTION "refuse_tree_cycle"() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE
  "above_ids" uuid[];
BEGIN
  IF NEW.parent_id IS NULL THEN
    RETURN NEW;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext(TG_TABLE_NAME || ' tree'));
  EXECUTE format(
    'WITH RECURSIVE above AS (
       SELECT id, parent_id FROM %1$I WHERE id = $1
       UNION
       SELECT t.id, t.parent_id FROM %1$I t JOIN above ON t.id = above.parent_id
     )
     SELECT array_agg(id) FROM above', TG_TABLE_NAME)
    INTO "above_ids" USING NEW.parent_id;
  -- A transaction that keeps an older view of the tree fails here, instead of judging by it.
  EXECUTE format('SELECT FROM %I WHERE id = ANY ($1) FOR SHARE', TG_TABLE_NAME) USING "above_ids";
  IF NEW.id = NEW.parent_id OR NEW.id = ANY ("above_ids") THEN
    RAISE EXCEPTION 'a row of % cannot stand below itself', TG_TABLE_NAME
      USING ERRCODE = 'SB001',
        DETAIL = jsonb_build_object('code', 'INVALID_PARENT', 'id', NEW.id, 'parentId', NEW.parent_id,
          'reason', 'it would stand below itself')::text;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER "categories_refuse_cycle" BEFORE INSERT OR UPDATE OF "parent_id" ON "categories"
  FOR EACH ROW EXECUTE FUNCTION "refuse_tree_cycle"();
--> statement-breakpoint
CREATE TRIGGER "locations_refuse_cycle" BEFORE INSERT OR UPDATE OF "parent_id" ON "locations"
  FOR EACH ROW EXECUTE FUNCTION "refuse_tree_cycle"();
--> statement-breakpoint
-- Only leaves hold stock, and a bin is a leaf for ever: so nothing may stand below one, and no
-- location may change into one or out of one.
CREATE FUNCTION "locations_check_kind"() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.kind <> OLD.kind THEN
    RAISE EXCEPTION 'the kind of location % cannot change', OLD.code USING ERRCODE = 'SB001',
      DETAIL = jsonb_build_object('code', 'IN_USE', 'id', OLD.id, 'field', 'kind')::text;
  END IF;
  IF EXISTS (SELECT FROM locations WHERE id = NEW.parent_id AND kind = 'bin') THEN
    RAISE EXCEPTION 'location % cannot stand below a bin', NEW.code USING ERRCODE = 'SB001',
      DETAIL = jsonb_build_object('code', 'INVALID_PARENT', 'id', NEW.id, 'parentId', NEW.parent_id,
        'reason', 'nothing stands below a bin')::text;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER "locations_check_kind" BEFORE INSERT OR UPDATE OF "kind", "parent_id" ON "locations"
  FOR EACH ROW EXECUTE FUNCTION "locations_check_kind"();
