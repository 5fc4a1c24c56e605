-- loses data: every row of stock_period_sums
-- loses data: stock_levels.open_on of every row
-- loses data: stock_levels.open_day_change of every row
-- loses data: stock_levels.open_month_change of every row
-- Judges all the rows of one INSERT together, and carries their sums to the levels.
CREATE OR REPLACE FUNCTION "stock_movements_post"() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
DROP TABLE "stock_period_sums";
--> statement-breakpoint
-- The levels follow the movements and nothing else: only the trigger below may write them. It does
-- so as the table's owner, which a trigger that somebody else has made does not.
CREATE OR REPLACE FUNCTION "stock_levels_refuse_direct_change"() RETURNS trigger LANGUAGE plpgsql AS $$
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
ALTER TABLE "stock_levels" DROP COLUMN "open_on";
--> statement-breakpoint
ALTER TABLE "stock_levels" DROP COLUMN "open_day_change";
--> statement-breakpoint
ALTER TABLE "stock_levels" DROP COLUMN "open_month_change";
--> statement-breakpoint
DROP TYPE "stock_period";
