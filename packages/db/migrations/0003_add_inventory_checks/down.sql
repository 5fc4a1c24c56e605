-- loses data: every row of inventory_check_counts
-- loses data: every row of inventory_check_lines
-- loses data: every row of inventory_checks
DROP TABLE "inventory_check_counts";--> statement-breakpoint
DROP TABLE "inventory_check_lines";--> statement-breakpoint
DROP TABLE "inventory_checks";--> statement-breakpoint
DROP TYPE "inventory_check_line_status";--> statement-breakpoint
DROP TYPE "inventory_check_status";
