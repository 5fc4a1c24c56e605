-- Gives a role what the server needs and no more: it reads everything, keeps the master data, users,
-- sessions and keys, and adds to the book and the audit log without ever changing them. It makes no
-- table, no trigger and no function. Called again with the same role it changes nothing.
CREATE FUNCTION "grant_to_server"("role_name" text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', role_name);
  EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA public TO %I', role_name);
  EXECUTE format('GRANT INSERT, UPDATE ON users, sessions, api_keys, categories, partners, products,
    packagings, locations, lots, inventory_checks, inventory_check_lines TO %I', role_name);
  EXECUTE format('GRANT INSERT, UPDATE, DELETE ON product_codes, rate_limits TO %I', role_name);
  EXECUTE format('GRANT INSERT ON commands, stock_movements, audit_log, inventory_check_counts TO %I', role_name);
  -- Row locks need the right to update; the triggers refuse the update itself.
  EXECUTE format('GRANT UPDATE ON commands, stock_levels TO %I', role_name);
  EXECUTE format('GRANT EXECUTE ON FUNCTION audit_link(boolean) TO %I', role_name);
  IF to_regclass('migrations.applied') IS NOT NULL THEN
    EXECUTE format('GRANT USAGE ON SCHEMA migrations TO %I', role_name);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA migrations TO %I', role_name);
  END IF;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION "audit_link"(boolean) FROM PUBLIC;
--> statement-breakpoint
-- The levels follow the book on their owner's authority: the server itself may not write them.
ALTER FUNCTION "stock_movements_post"() SECURITY DEFINER SET search_path = public, pg_temp;
--> statement-breakpoint
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'stockbook_server') THEN
    PERFORM grant_to_server('stockbook_server');
  END IF;
END $$;
