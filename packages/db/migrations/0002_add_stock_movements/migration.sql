CREATE TYPE "command_kind" AS ENUM('post', 'reverse');--> statement-breakpoint
CREATE TYPE "command_outcome" AS ENUM('posted', 'refused');--> statement-breakpoint
CREATE TYPE "movement_type" AS ENUM('incoming', 'outgoing', 'transfer', 'adjustment');--> statement-breakpoint
CREATE TABLE "commands" (
	"id" uuid PRIMARY KEY,
	"kind" "command_kind" NOT NULL,
	"content_hash" text NOT NULL,
	"actor_id" uuid NOT NULL,
	"partner_id" uuid,
	"reference" text,
	"note" text,
	"outcome" "command_outcome" NOT NULL,
	"refusal_code" text,
	"refusal_detail" jsonb,
	"occurred_at" timestamp(3) with time zone NOT NULL,
	"recorded_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "commands_refusal_check" CHECK (("outcome" = 'refused') = ("refusal_code" is not null))
);
--> statement-breakpoint
CREATE TABLE "stock_levels" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "stock_levels_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"product_id" uuid NOT NULL,
	"location_id" uuid NOT NULL,
	"lot_id" uuid,
	"on_hand" bigint NOT NULL,
	"last_occurred_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "stock_levels_product_id_location_id_lot_id_key" UNIQUE NULLS NOT DISTINCT("product_id","location_id","lot_id"),
	CONSTRAINT "stock_levels_on_hand_check" CHECK ("on_hand" between 0 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "stock_movements" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "stock_movements_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"command_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"type" "movement_type" NOT NULL,
	"product_id" uuid NOT NULL,
	"lot_id" uuid,
	"from_location_id" uuid,
	"to_location_id" uuid,
	"quantity" bigint NOT NULL,
	"packaging_id" uuid,
	"packaging_quantity" numeric(24,6),
	"reason" text,
	"reverses_id" bigint CONSTRAINT "stock_movements_reverses_id_key" UNIQUE,
	"occurred_at" timestamp(3) with time zone NOT NULL,
	"recorded_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stock_movements_command_id_line_key" UNIQUE("command_id","line"),
	CONSTRAINT "stock_movements_quantity_check" CHECK ("quantity" between 1 and 9007199254740991),
	CONSTRAINT "stock_movements_sides_check" CHECK (case "type"
        when 'incoming' then "from_location_id" is null and "to_location_id" is not null
        when 'outgoing' then "from_location_id" is not null and "to_location_id" is null
        when 'transfer' then "from_location_id" is not null and "to_location_id" is not null
          and "from_location_id" <> "to_location_id"
        when 'adjustment' then ("from_location_id" is null) <> ("to_location_id" is null)
      end),
	CONSTRAINT "stock_movements_reason_check" CHECK ("type" <> 'adjustment' or "reason" is not null),
	CONSTRAINT "stock_movements_packaging_check" CHECK (("packaging_id" is null) = ("packaging_quantity" is null)),
	CONSTRAINT "stock_movements_occurred_at_check" CHECK ("occurred_at" <= "recorded_at" + interval '5 minutes')
);
--> statement-breakpoint
CREATE INDEX "commands_reference_idx" ON "commands" ("reference");--> statement-breakpoint
CREATE INDEX "commands_partner_id_idx" ON "commands" ("partner_id");--> statement-breakpoint
CREATE INDEX "stock_levels_location_id_idx" ON "stock_levels" ("location_id");--> statement-breakpoint
CREATE INDEX "stock_levels_lot_id_idx" ON "stock_levels" ("lot_id");--> statement-breakpoint
CREATE INDEX "stock_movements_from_idx" ON "stock_movements" ("product_id","from_location_id","occurred_at") WHERE "from_location_id" is not null;--> statement-breakpoint
CREATE INDEX "stock_movements_to_idx" ON "stock_movements" ("product_id","to_location_id","occurred_at") WHERE "to_location_id" is not null;--> statement-breakpoint
ALTER TABLE "commands" ADD CONSTRAINT "commands_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users"("id");--> statement-breakpoint
ALTER TABLE "commands" ADD CONSTRAINT "commands_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partners"("id");--> statement-breakpoint
ALTER TABLE "stock_levels" ADD CONSTRAINT "stock_levels_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id");--> statement-breakpoint
ALTER TABLE "stock_levels" ADD CONSTRAINT "stock_levels_location_id_fkey" FOREIGN KEY ("location_id") REFERENCES "locations"("id");--> statement-breakpoint
ALTER TABLE "stock_levels" ADD CONSTRAINT "stock_levels_lot_id_fkey" FOREIGN KEY ("lot_id","product_id") REFERENCES "lots"("id","product_id");--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_command_id_fkey" FOREIGN KEY ("command_id") REFERENCES "commands"("id");--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id");--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_lot_id_fkey" FOREIGN KEY ("lot_id","product_id") REFERENCES "lots"("id","product_id");--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_packaging_id_fkey" FOREIGN KEY ("packaging_id","product_id") REFERENCES "packagings"("id","product_id");--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_from_location_id_fkey" FOREIGN KEY ("from_location_id") REFERENCES "locations"("id");--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_to_location_id_fkey" FOREIGN KEY ("to_location_id") REFERENCES "locations"("id");--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_reverses_id_fkey" FOREIGN KEY ("reverses_id") REFERENCES "stock_movements"("id");
--> statement-breakpoint
-- Errors raised here carry SQLSTATE SB001 and, as their detail, a JSON object: a code of the error
-- catalogue and the facts that belong to it.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% refused: rows of % never change', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'SB001',
      DETAIL = jsonb_build_object('code', 'IN_USE', 'table', TG_TABLE_NAME, 'operation', TG_OP)::text,
      HINT = 'Correct a movement by a command that reverses it.';
END $$;
--> statement-breakpoint
CREATE TRIGGER "stock_movements_refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "stock_movements"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "commands_refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "commands"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
-- The levels follow the movements and nothing else: only the trigger below may write them. It does
-- so as the table's owner, which a trigger that somebody else has made does not.
CREATE FUNCTION "stock_levels_refuse_direct_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2
    OR current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
    RAISE EXCEPTION '% refused: stock_levels follows stock_movements', TG_OP
      USING ERRCODE = 'SB001',
        DETAIL = jsonb_build_object('code', 'IN_USE', 'table', TG_TABLE_NAME, 'operation', TG_OP)::text,
        HINT = 'Insert a movement instead.';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "stock_levels_refuse_direct_change" BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON "stock_levels"
  FOR EACH STATEMENT EXECUTE FUNCTION "stock_levels_refuse_direct_change"();
--> statement-breakpoint
-- The first moment, from `since` on, at which a level would have been below zero, had it also
-- changed by `change` at `since`.
CREATE FUNCTION "stock_first_shortage"("the_level" "stock_levels", "since" timestamptz, "change" bigint)
  RETURNS TABLE ("at" timestamptz, "balance" bigint) LANGUAGE sql STABLE AS $$
  WITH moved AS (
    SELECT since AS occurred_at, change AS quantity
    UNION ALL
    SELECT occurred_at, quantity FROM stock_movements
      WHERE product_id = the_level.product_id AND to_location_id = the_level.location_id
        AND lot_id IS NOT DISTINCT FROM the_level.lot_id AND occurred_at >= since
    UNION ALL
    SELECT occurred_at, -quantity FROM stock_movements
      WHERE product_id = the_level.product_id AND from_location_id = the_level.location_id
        AND lot_id IS NOT DISTINCT FROM the_level.lot_id AND occurred_at >= since
  ), at_moment AS (
    SELECT occurred_at, sum(quantity) AS quantity FROM moved GROUP BY occurred_at
  ), running AS (
    SELECT occurred_at,
      the_level.on_hand + change - sum(quantity) OVER () + sum(quantity) OVER (ORDER BY occurred_at) AS balance
    FROM at_moment
  )
  SELECT occurred_at, balance::bigint FROM running WHERE balance < 0 ORDER BY occurred_at LIMIT 1
$$;
--> statement-breakpoint
-- Judges all the rows of one INSERT together, and carries their sums to the levels.
CREATE FUNCTION "stock_movements_post"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "fault" record;
BEGIN
  SELECT m.line, l.id, l.code, l.kind INTO fault
    FROM new_movements m JOIN locations l ON l.id IN (m.from_location_id, m.to_location_id)
    WHERE l.kind <> 'bin' LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'location % is a %: only bins hold stock', fault.code, fault.kind
      USING ERRCODE = 'SB001', DETAIL = jsonb_build_object('code', 'LOCATION_HOLDS_NO_STOCK',
        'line', fault.line, 'locationId', fault.id, 'location', fault.code)::text;
  END IF;

  SELECT m.line, p.id, p.sku, p.tracking INTO fault
    FROM new_movements m JOIN products p ON p.id = m.product_id
    WHERE (p.tracking = 'lot') <> (m.lot_id IS NOT NULL) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'product % has tracking %', fault.sku, fault.tracking
      USING ERRCODE = 'SB001', DETAIL = jsonb_build_object(
        'code', CASE fault.tracking WHEN 'lot' THEN 'LOT_REQUIRED' ELSE 'LOT_NOT_ALLOWED' END,
        'line', fault.line, 'productId', fault.id, 'sku', fault.sku)::text;
  END IF;

  SELECT m.line, m.reverses_id INTO fault
    FROM new_movements m JOIN stock_movements o ON o.id = m.reverses_id
    WHERE o.reverses_id IS NOT NULL
      OR o.product_id <> m.product_id OR o.quantity <> m.quantity OR m.occurred_at < o.occurred_at
      OR o.lot_id IS DISTINCT FROM m.lot_id
      OR o.from_location_id IS DISTINCT FROM m.to_location_id
      OR o.to_location_id IS DISTINCT FROM m.from_location_id
    LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'movement % is not taken back by this', fault.reverses_id
      USING ERRCODE = 'SB001', DETAIL = jsonb_build_object('code', 'NOT_REVERSIBLE',
        'line', fault.line, 'movementId', fault.reverses_id)::text,
      HINT = 'A reversal swaps the sides of a movement, keeps the rest, is dated no earlier, and takes back no reversal.';
  END IF;

  -- One order for everybody, so that two commands never wait for each other.
  PERFORM FROM stock_levels s
    WHERE (s.product_id, s.location_id) IN (
      SELECT product_id, from_location_id FROM new_movements WHERE from_location_id IS NOT NULL
      UNION
      SELECT product_id, to_location_id FROM new_movements WHERE to_location_id IS NOT NULL)
    ORDER BY s.product_id, s.location_id, s.lot_id FOR UPDATE;

  WITH change AS (
    SELECT product_id, location_id, lot_id, sum(quantity)::bigint AS quantity,
      max(occurred_at) AS last_occurred_at
    FROM (
      SELECT product_id, to_location_id AS location_id, lot_id, quantity, occurred_at
        FROM new_movements WHERE to_location_id IS NOT NULL
      UNION ALL
      SELECT product_id, from_location_id, lot_id, -quantity, occurred_at
        FROM new_movements WHERE from_location_id IS NOT NULL
    ) AS side
    GROUP BY product_id, location_id, lot_id
  ), changed AS (
    UPDATE stock_levels s
      SET on_hand = s.on_hand + c.quantity,
        last_occurred_at = greatest(s.last_occurred_at, c.last_occurred_at)
      FROM change c
      WHERE s.product_id = c.product_id AND s.location_id = c.location_id
        AND s.lot_id IS NOT DISTINCT FROM c.lot_id
      RETURNING s.product_id, s.location_id, s.lot_id
  )
  INSERT INTO stock_levels AS s (product_id, location_id, lot_id, on_hand, last_occurred_at)
    SELECT c.product_id, c.location_id, c.lot_id, c.quantity, c.last_occurred_at FROM change c
    WHERE NOT EXISTS (
      SELECT FROM changed d WHERE d.product_id = c.product_id AND d.location_id = c.location_id
        AND d.lot_id IS NOT DISTINCT FROM c.lot_id)
    ORDER BY c.product_id, c.location_id, c.lot_id
    ON CONFLICT ON CONSTRAINT stock_levels_product_id_location_id_lot_id_key DO UPDATE
      SET on_hand = s.on_hand + excluded.on_hand,
        last_occurred_at = greatest(s.last_occurred_at, excluded.last_occurred_at);

  SELECT s.product_id, s.location_id, s.lot_id, shortage.at, -shortage.balance AS shortfall INTO fault
    FROM (
      SELECT product_id, from_location_id AS location_id, lot_id, min(occurred_at) AS since
        FROM new_movements WHERE from_location_id IS NOT NULL
        GROUP BY product_id, from_location_id, lot_id
    ) AS taken
    JOIN stock_levels s ON s.product_id = taken.product_id AND s.location_id = taken.location_id
      AND s.lot_id IS NOT DISTINCT FROM taken.lot_id AND taken.since < s.last_occurred_at
    CROSS JOIN LATERAL stock_first_shortage(s, taken.since, 0) AS shortage
    ORDER BY shortage.at LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'stock would have been % below zero at %', fault.shortfall, fault.at
      USING ERRCODE = 'SB001', DETAIL = jsonb_build_object('code', 'INSUFFICIENT_STOCK_IN_PAST',
        'productId', fault.product_id, 'locationId', fault.location_id, 'lotId', fault.lot_id,
        'firstBadAt', to_char(fault.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'shortfall', fault.shortfall)::text;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "stock_movements_post" AFTER INSERT ON "stock_movements"
  REFERENCING NEW TABLE AS "new_movements"
  FOR EACH STATEMENT EXECUTE FUNCTION "stock_movements_post"();
--> statement-breakpoint
-- A product that has moved keeps its tracking: its past would say one thing, its future another.
-- The row lock waits for movements of it that are being written.
CREATE FUNCTION "products_keep_tracking"() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.tracking <> OLD.tracking THEN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
      RAISE EXCEPTION 'the tracking of product % can only change at READ COMMITTED', OLD.sku
        USING ERRCODE = 'feature_not_supported',
          HINT = 'A stricter level keeps an older view, in which a movement of it may be missing.';
    END IF;
    PERFORM FROM products WHERE id = OLD.id FOR UPDATE;
    IF EXISTS (SELECT FROM stock_levels WHERE product_id = OLD.id) THEN
      RAISE EXCEPTION 'product % has moved: its tracking cannot change', OLD.sku
        USING ERRCODE = 'SB001',
          DETAIL = jsonb_build_object('code', 'IN_USE', 'id', OLD.id, 'field', 'tracking')::text;
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER "products_keep_tracking" BEFORE UPDATE OF "tracking" ON "products"
  FOR EACH ROW EXECUTE FUNCTION "products_keep_tracking"();
