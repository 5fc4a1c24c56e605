CREATE TABLE "audit_chain" (
	"position" bigint PRIMARY KEY,
	"audit_id" bigint NOT NULL CONSTRAINT "audit_chain_audit_id_key" UNIQUE,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"recorded_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"actor_id" uuid,
	"action" text NOT NULL,
	"entity" text NOT NULL,
	"entity_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"request_id" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "audit_log_entity_idx" ON "audit_log" ("entity","entity_id","id");
--> statement-breakpoint
CREATE INDEX "audit_log_actor_id_idx" ON "audit_log" ("actor_id","id");
--> statement-breakpoint
CREATE INDEX "audit_log_recorded_at_idx" ON "audit_log" ("recorded_at","id");
--> statement-breakpoint
ALTER TABLE "audit_chain" ADD CONSTRAINT "audit_chain_audit_id_fkey" FOREIGN KEY ("audit_id") REFERENCES "audit_log"("id");
--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users"("id");
--> statement-breakpoint
CREATE TRIGGER "audit_log_refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_log"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "audit_chain_refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_chain"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
-- The hash of a link. The time goes in as a number: its text would depend on the session's zone.
CREATE FUNCTION "audit_hash"("previous" text, "entry" "audit_log") RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(previous || jsonb_build_array(
    entry.id, (extract(epoch FROM entry.recorded_at) * 1000)::bigint, entry.actor_id, entry.action,
    entry.entity, entry.entity_id, entry.before, entry.after, entry.request_id)::text, 'UTF8')), 'hex')
$$;
--> statement-breakpoint
-- Appends to the chain what was committed since, and says how much. One at a time: the lock keeps
-- the chain a chain. It runs as its owner, so that the server needs no right to write the chain.
-- Rows get their ids before they are committed; `everything` looks for such late ones without end.
CREATE FUNCTION "audit_link"("everything" boolean DEFAULT false) RETURNS integer
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
--> statement-breakpoint
-- The first link that does not hold: its row is gone or altered, or the link before it is gone.
CREATE FUNCTION "audit_first_fault"()
  RETURNS TABLE ("position" bigint, "audit_id" bigint, "fault" text) LANGUAGE sql STABLE AS $$
  WITH link AS (
    SELECT c.position, c.audit_id, c.hash, a AS entry, a.id IS NULL AS is_missing,
      lag(c.position, 1, 0::bigint) OVER (ORDER BY c.position) AS position_before,
      lag(c.hash, 1, '') OVER (ORDER BY c.position) AS hash_before
    FROM audit_chain c LEFT JOIN audit_log a ON a.id = c.audit_id
  )
  SELECT position, audit_id,
    CASE WHEN position <> position_before + 1 THEN 'link_missing'
      WHEN is_missing THEN 'row_missing' ELSE 'altered' END
  FROM link
  WHERE position <> position_before + 1 OR is_missing OR hash <> audit_hash(hash_before, entry)
  ORDER BY position LIMIT 1
$$;
