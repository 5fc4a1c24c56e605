-- Rights on tables go with the tables; what is left of them here harms nobody.
ALTER FUNCTION "stock_movements_post"() SECURITY INVOKER RESET ALL;
--> statement-breakpoint
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'stockbook_server') THEN
    EXECUTE 'REVOKE ALL ON ALL TABLES IN SCHEMA public FROM stockbook_server';
    EXECUTE 'REVOKE ALL ON FUNCTION audit_link(boolean) FROM stockbook_server';
    EXECUTE 'REVOKE ALL ON SCHEMA public FROM stockbook_server';
  END IF;
END $$;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "audit_link"(boolean) TO PUBLIC;
--> statement-breakpoint
DROP FUNCTION "grant_to_server"(text);
