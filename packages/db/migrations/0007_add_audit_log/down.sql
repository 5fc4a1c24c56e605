-- loses data: every row of audit_chain
-- loses data: every row of audit_log
DROP FUNCTION "audit_first_fault"();
--> statement-breakpoint
DROP FUNCTION "audit_link"(boolean);
--> statement-breakpoint
DROP TABLE "audit_chain";
--> statement-breakpoint
DROP FUNCTION "audit_hash"(text, "audit_log");
--> statement-breakpoint
DROP TABLE "audit_log";
