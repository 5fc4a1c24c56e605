-- loses data: every row of commands
-- loses data: every row of stock_levels
-- loses data: every row of stock_movements
DROP TRIGGER "products_keep_tracking" ON "products";--> statement-breakpoint
DROP FUNCTION "products_keep_tracking"();--> statement-breakpoint
DROP TABLE "stock_movements";--> statement-breakpoint
DROP FUNCTION "stock_movements_post"();--> statement-breakpoint
DROP FUNCTION "stock_first_shortage"("stock_levels", timestamptz, bigint);--> statement-breakpoint
DROP TABLE "stock_levels";--> statement-breakpoint
DROP FUNCTION "stock_levels_refuse_direct_change"();--> statement-breakpoint
DROP TABLE "commands";--> statement-breakpoint
DROP FUNCTION "refuse_change"();--> statement-breakpoint
DROP TYPE "movement_type";--> statement-breakpoint
DROP TYPE "command_outcome";--> statement-breakpoint
DROP TYPE "command_kind";
