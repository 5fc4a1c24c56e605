CREATE OR REPLACE FUNCTION "audit_link"("everything" boolean DEFAULT false) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  "entry" audit_log;
  "place" bigint;
  "previous" text;
  "linked" integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('audit chain'));
  SELECT position, hash INTO place, previous FROM audit_chain ORDER BY position DESC LIMIT 1;
  place := coalesce(place, 0);
  previous := coalesce(previous, '');
  FOR entry IN
    SELECT a.* FROM audit_log a
      WHERE NOT EXISTS (SELECT FROM audit_chain c WHERE c.audit_id = a.id)
        AND (everything OR a.id > (SELECT coalesce(max(c.audit_id), 0) - 10000 FROM audit_chain c))
      ORDER BY a.id
  LOOP
    place := place + 1;
    previous := audit_hash(previous, entry);
    INSERT INTO audit_chain (position, audit_id, hash) VALUES (place, entry.id, previous);
    linked := linked + 1;
  END LOOP;
  RETURN linked;
END $$;
