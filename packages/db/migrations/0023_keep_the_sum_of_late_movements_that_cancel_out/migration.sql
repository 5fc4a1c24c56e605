-- Judges all the rows of one INSERT together, and carries their sums to the levels and the periods.
CREATE OR REPLACE FUNCTION "stock_movements_post"() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
  "fault" record;
  "moments" record;
  "held" record;
  "today" date;
  "today_begins" timestamptz;
  "today_ends" timestamptz;
  "is_of_other_days" boolean;
  "made_levels" bigint := 0;
BEGIN
  SELECT min(recorded_at) AS first_recorded_at, max(recorded_at) AS last_recorded_at,
      min(occurred_at) AS first_occurred_at, max(occurred_at) AS last_occurred_at,
      bool_or(reverses_id IS NOT NULL) AS take_back
    INTO moments FROM new_movements;
  IF moments.last_recorded_at IS NULL THEN RETURN NULL; END IF;
  today := (moments.last_recorded_at AT TIME ZONE 'UTC')::date;
  today_begins := today::timestamp AT TIME ZONE 'UTC';
  today_ends := (today + 1)::timestamp AT TIME ZONE 'UTC';
  is_of_other_days := moments.first_recorded_at < today_begins
    OR moments.first_occurred_at < today_begins OR moments.last_occurred_at >= today_ends;

  IF moments.take_back THEN
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
  END IF;

  -- One order for everybody, so that two commands never wait for each other.
  WITH change AS (
    SELECT product_id, location_id, lot_id, max(occurred_at) AS last_occurred_at,
      min(occurred_at) FILTER (WHERE is_taken) AS first_taken_at
    FROM (
      SELECT product_id, to_location_id AS location_id, lot_id, occurred_at, false AS is_taken
        FROM new_movements WHERE to_location_id IS NOT NULL
      UNION ALL
      SELECT product_id, from_location_id, lot_id, occurred_at, true
        FROM new_movements WHERE from_location_id IS NOT NULL
    ) AS side
    GROUP BY product_id, location_id, lot_id
  )
  SELECT count(*) < (SELECT count(*) FROM change) AS lack_levels,
      coalesce(bool_or(open_on <> today), false) AS begin_a_day,
      coalesce(bool_or(is_taken_in_past), false) AS are_taken_in_past
    INTO held FROM (
      SELECT s.open_on, c.first_taken_at < greatest(s.last_occurred_at, c.last_occurred_at) AS is_taken_in_past
        FROM change c JOIN stock_levels s ON s.product_id = c.product_id
          AND s.location_id = c.location_id AND s.lot_id IS NOT DISTINCT FROM c.lot_id
        ORDER BY s.product_id, s.location_id, s.lot_id FOR UPDATE OF s
    ) AS level;

  IF held.lack_levels THEN
    -- A level that somebody else makes at this moment is waited for, and then held like the others.
    INSERT INTO stock_levels AS s (product_id, location_id, lot_id, on_hand, last_occurred_at)
      SELECT product_id, location_id, lot_id, 0, max(occurred_at) FROM (
        SELECT product_id, to_location_id AS location_id, lot_id, occurred_at
          FROM new_movements WHERE to_location_id IS NOT NULL
        UNION ALL
        SELECT product_id, from_location_id, lot_id, occurred_at
          FROM new_movements WHERE from_location_id IS NOT NULL
      ) AS side
      WHERE NOT EXISTS (
        SELECT FROM stock_levels l WHERE l.product_id = side.product_id
          AND l.location_id = side.location_id AND l.lot_id IS NOT DISTINCT FROM side.lot_id)
      GROUP BY product_id, location_id, lot_id
      ORDER BY product_id, location_id, lot_id
      ON CONFLICT ON CONSTRAINT stock_levels_product_id_location_id_lot_id_key
        DO UPDATE SET on_hand = s.on_hand;
    GET DIAGNOSTICS made_levels = ROW_COUNT;

    -- Where there is a level, its place is a bin and its product is tracked as it was: neither changes
    -- any more. A new one's keys hold its place and product, which are read after that.
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
  END IF;

  -- Most movements are of today and change what stands on the level already. The rest is kept here:
  -- what is of another day, and what the level carried of a day or month that is over.
  IF is_of_other_days OR held.begin_a_day OR made_levels > 0 THEN
    INSERT INTO stock_period_sums AS p (level_id, period, occurred_on, recorded_on, change)
      WITH by_day AS (
        SELECT product_id, location_id, lot_id, occurred_on, recorded_on, sum(quantity) AS change
        FROM (
          SELECT product_id, to_location_id AS location_id, lot_id, quantity,
            (occurred_at AT TIME ZONE 'UTC')::date AS occurred_on,
            (recorded_at AT TIME ZONE 'UTC')::date AS recorded_on
            FROM new_movements WHERE to_location_id IS NOT NULL
          UNION ALL
          SELECT product_id, from_location_id, lot_id, -quantity,
            (occurred_at AT TIME ZONE 'UTC')::date, (recorded_at AT TIME ZONE 'UTC')::date
            FROM new_movements WHERE from_location_id IS NOT NULL
        ) AS side
        GROUP BY product_id, location_id, lot_id, occurred_on, recorded_on
      ), moved AS (
        SELECT s.id, s.open_on, s.open_day_change, s.open_month_change,
          d.occurred_on, d.recorded_on, d.change,
          d.occurred_on = today AND d.recorded_on = today
            AND coalesce(s.open_on, today) <= today AS stays_on_level
        FROM by_day d JOIN stock_levels s ON s.product_id = d.product_id
          AND s.location_id = d.location_id AND s.lot_id IS NOT DISTINCT FROM d.lot_id
      ), kept AS (
        SELECT id, 'day'::stock_period AS period, occurred_on, recorded_on, change
          FROM moved WHERE NOT stays_on_level
        UNION ALL
        SELECT id, 'month', date_trunc('month', occurred_on::timestamp)::date,
          date_trunc('month', recorded_on::timestamp)::date, change
          FROM moved WHERE NOT stays_on_level
        UNION ALL
        SELECT id, 'day', open_on, open_on, open_day_change
          FROM moved WHERE stays_on_level AND open_on < today
        UNION ALL
        SELECT id, 'month', date_trunc('month', open_on::timestamp)::date,
          date_trunc('month', open_on::timestamp)::date, open_month_change
          FROM moved WHERE stays_on_level
            AND date_trunc('month', open_on::timestamp) < date_trunc('month', today::timestamp)
      )
      SELECT id, period, occurred_on, recorded_on, sum(change) FROM kept
        GROUP BY id, period, occurred_on, recorded_on
        -- A day of which something was learned later stays, though it comes to nothing: what was known
        -- on that later day is read from the movements of just these days.
        HAVING sum(change) <> 0 OR (period = 'day' AND occurred_on <> recorded_on)
      ON CONFLICT ON CONSTRAINT stock_period_sums_pkey DO UPDATE SET change = p.change + excluded.change;
  END IF;

  UPDATE stock_levels s
    SET on_hand = s.on_hand + c.quantity,
      last_occurred_at = greatest(s.last_occurred_at, c.last_occurred_at),
      open_on = CASE WHEN c.today_quantity IS NULL THEN s.open_on
        ELSE greatest(s.open_on, today) END,
      open_day_change = CASE
        WHEN c.today_quantity IS NULL OR s.open_on > today THEN s.open_day_change
        WHEN s.open_on = today THEN s.open_day_change + c.today_quantity
        ELSE c.today_quantity END,
      open_month_change = CASE
        WHEN c.today_quantity IS NULL OR s.open_on > today THEN s.open_month_change
        WHEN date_trunc('month', s.open_on::timestamp) = date_trunc('month', today::timestamp)
          THEN s.open_month_change + c.today_quantity
        ELSE c.today_quantity END
    FROM (
      SELECT product_id, location_id, lot_id, sum(quantity)::bigint AS quantity,
        max(occurred_at) AS last_occurred_at,
        (sum(quantity) FILTER (WHERE occurred_at >= today_begins AND occurred_at < today_ends
          AND recorded_at >= today_begins))::bigint AS today_quantity
      FROM (
        SELECT product_id, to_location_id AS location_id, lot_id, quantity, occurred_at, recorded_at
          FROM new_movements WHERE to_location_id IS NOT NULL
        UNION ALL
        SELECT product_id, from_location_id, lot_id, -quantity, occurred_at, recorded_at
          FROM new_movements WHERE from_location_id IS NOT NULL
      ) AS side
      GROUP BY product_id, location_id, lot_id
    ) AS c
    WHERE s.product_id = c.product_id AND s.location_id = c.location_id
      AND s.lot_id IS NOT DISTINCT FROM c.lot_id;

  IF held.are_taken_in_past OR made_levels > 0 THEN
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
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- The days that were left out so far. The sums may be written by the trigger alone, which stands aside
-- for as long as this takes.
ALTER TABLE "stock_period_sums" DISABLE TRIGGER USER;
--> statement-breakpoint
INSERT INTO "stock_period_sums" ("level_id", "period", "occurred_on", "recorded_on", "change")
  SELECT l.id, 'day'::stock_period, side.occurred_on, side.recorded_on, 0
  FROM (
    SELECT product_id, to_location_id AS location_id, lot_id, quantity,
      (occurred_at AT TIME ZONE 'UTC')::date AS occurred_on,
      (recorded_at AT TIME ZONE 'UTC')::date AS recorded_on
      FROM stock_movements WHERE to_location_id IS NOT NULL
    UNION ALL
    SELECT product_id, from_location_id, lot_id, -quantity,
      (occurred_at AT TIME ZONE 'UTC')::date, (recorded_at AT TIME ZONE 'UTC')::date
      FROM stock_movements WHERE from_location_id IS NOT NULL
  ) AS side
  JOIN stock_levels l ON l.product_id = side.product_id AND l.location_id = side.location_id
    AND l.lot_id IS NOT DISTINCT FROM side.lot_id
  WHERE side.occurred_on <> side.recorded_on
  GROUP BY l.id, side.occurred_on, side.recorded_on HAVING sum(side.quantity) = 0
  ON CONFLICT ON CONSTRAINT stock_period_sums_pkey DO NOTHING;
--> statement-breakpoint
ALTER TABLE "stock_period_sums" ENABLE TRIGGER USER;
