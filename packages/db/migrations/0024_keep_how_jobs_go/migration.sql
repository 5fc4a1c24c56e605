CREATE TABLE "jobs" (
	"name" text PRIMARY KEY,
	"last_run_at" timestamp(3) with time zone NOT NULL,
	"last_run_by" text NOT NULL,
	"duration_ms" integer,
	"handled" integer DEFAULT 0 NOT NULL,
	"handled_in_all" bigint DEFAULT 0 NOT NULL,
	"last_success_at" timestamp(3) with time zone,
	"last_failure_at" timestamp(3) with time zone,
	"last_failure_by" text,
	"last_error" text
);
--> statement-breakpoint
CREATE OR REPLACE FUNCTION "grant_to_server"("role_name" text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', role_name);
  EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA public TO %I', role_name);
  EXECUTE format('GRANT INSERT, UPDATE ON users, sessions, api_keys, categories, partners, products,
    packagings, locations, lots, inventory_checks, inventory_check_lines, reservations, jobs TO %I', role_name);
  EXECUTE format('GRANT INSERT, UPDATE, DELETE ON product_codes, rate_limits, second_factors TO %I',
    role_name);
  EXECUTE format('GRANT INSERT, DELETE ON user_warehouses TO %I', role_name);
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
