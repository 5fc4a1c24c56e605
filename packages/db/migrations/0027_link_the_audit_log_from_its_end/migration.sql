-- Reads as many rows of both tables as may be linked late, however long they are. As a text it is planned
-- for the rows that it asks about: a plan for any number of them would read all there are, every second.
CREATE OR REPLACE FUNCTION "audit_link"("everything" boolean DEFAULT false) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  "entry" audit_log;
  "place" bigint;
  "previous" text;
  "since" bigint := 0;
  "linked" integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('audit chain'));
  SELECT position, hash INTO place, previous FROM audit_chain ORDER BY position DESC LIMIT 1;
  place := coalesce(place, 0);
  previous := coalesce(previous, '');
  IF NOT everything THEN
    SELECT coalesce(max(audit_id), 0) - 10000 INTO since FROM audit_chain;
  END IF;
  FOR entry IN EXECUTE
    'SELECT a.* FROM audit_log a
      WHERE a.id > $1
        AND NOT EXISTS (SELECT FROM audit_chain c WHERE c.audit_id = a.id AND c.audit_id > $1)
      ORDER BY a.id' USING since
  LOOP
    place := place + 1;
    previous := audit_hash(previous, entry);
    INSERT INTO audit_chain (position, audit_id, hash) VALUES (place, entry.id, previous);
    linked := linked + 1;
  END LOOP;
  RETURN linked;
END $$;
