DROP TRIGGER "stock_movements_refuse_closed_period" ON "stock_movements";
--> statement-breakpoint
DROP FUNCTION "stock_movements_refuse_closed_period"();
--> statement-breakpoint
DROP TRIGGER "inventory_check_counts_refuse_change" ON "inventory_check_counts";
--> statement-breakpoint
DROP TRIGGER "book_closings_wait_for_the_book" ON "book_closings";
--> statement-breakpoint
DROP FUNCTION "book_closings_wait_for_the_book"();
--> statement-breakpoint
-- loses data: every row of book_closings
-- loses data: every row of reservation_changes
-- loses data: every row of reservations
-- loses data: commands.device_id of every row
-- loses data: inventory_check_counts.command_id of every row
-- loses data: inventory_check_lines.is_found of every row
-- loses data: inventory_check_lines.counted_at of every row
-- loses data: inventory_check_lines.expected of every row
-- loses data: inventory_check_lines.counted of every row
-- loses data: inventory_check_lines.unit_cost of every row
-- loses data: inventory_checks.round of every row
-- loses data: inventory_checks.remark of every row
-- loses data: locations.pick_sequence of every row
-- loses data: partners.minimum_shelf_life_days of every row
-- loses data: products.minimum_stock of every row
-- loses data: products.maximum_stock of every row
-- loses data: products.abc_class of every row
-- loses data: products.minimum_shelf_life_days of every row
-- loses data: products.unit_cost of every row
-- loses data: stock_movements.reservation_id of every row
-- loses data: stock_movements.check_line_id of every row
-- loses data: stock_movements.compensates_id of every row
ALTER TABLE "inventory_check_lines" DROP CONSTRAINT "inventory_check_lines_posted_check";
--> statement-breakpoint
ALTER TABLE "partners" DROP CONSTRAINT "partners_minimum_shelf_life_days_check";
--> statement-breakpoint
ALTER TABLE "products" DROP CONSTRAINT "products_unit_cost_check";
--> statement-breakpoint
ALTER TABLE "products" DROP CONSTRAINT "products_stock_bounds_check";
--> statement-breakpoint
ALTER TABLE "products" DROP CONSTRAINT "products_minimum_shelf_life_days_check";
--> statement-breakpoint
ALTER TABLE "reservation_changes" DROP CONSTRAINT "reservation_changes_quantity_check";
--> statement-breakpoint
ALTER TABLE "reservations" DROP CONSTRAINT "reservations_quantity_check";
--> statement-breakpoint
ALTER TABLE "reservations" DROP CONSTRAINT "reservations_parts_check";
--> statement-breakpoint
ALTER TABLE "stock_movements" DROP CONSTRAINT "stock_movements_reservation_check";
--> statement-breakpoint
ALTER TABLE "stock_movements" DROP CONSTRAINT "stock_movements_count_check";
--> statement-breakpoint
DROP INDEX "reservations_open_idx";
--> statement-breakpoint
DROP INDEX "reservations_expires_at_idx";
--> statement-breakpoint
DROP INDEX "stock_movements_check_line_id_key";
--> statement-breakpoint
DROP INDEX "stock_movements_reservation_id_idx";
--> statement-breakpoint
DROP INDEX "stock_movements_compensates_id_idx";
--> statement-breakpoint
ALTER TABLE "reservation_changes" DROP CONSTRAINT "reservation_changes_reservation_id_fkey";
--> statement-breakpoint
ALTER TABLE "stock_movements" DROP CONSTRAINT "stock_movements_reservation_id_fkey";
--> statement-breakpoint
ALTER TABLE "stock_movements" DROP CONSTRAINT "stock_movements_check_line_id_fkey";
--> statement-breakpoint
ALTER TABLE "stock_movements" DROP CONSTRAINT "stock_movements_compensates_id_fkey";
--> statement-breakpoint
DROP TABLE "book_closings";
--> statement-breakpoint
DROP TABLE "reservation_changes";
--> statement-breakpoint
DROP TABLE "reservations";
--> statement-breakpoint
ALTER TABLE "inventory_check_counts" DROP CONSTRAINT "inventory_check_counts_command_id_key";
--> statement-breakpoint
DROP INDEX "inventory_check_lines_posted_idx";
--> statement-breakpoint
ALTER TABLE "commands" ALTER COLUMN "kind" SET DATA TYPE text;
--> statement-breakpoint
DROP TYPE "command_kind";
--> statement-breakpoint
CREATE TYPE "command_kind" AS ENUM('post', 'reverse');
--> statement-breakpoint
ALTER TABLE "commands" ALTER COLUMN "kind" SET DATA TYPE "command_kind" USING "kind"::"command_kind";
--> statement-breakpoint
ALTER TABLE "commands" DROP COLUMN "device_id";
--> statement-breakpoint
ALTER TABLE "inventory_check_counts" DROP COLUMN "command_id";
--> statement-breakpoint
ALTER TABLE "inventory_check_lines" DROP COLUMN "is_found";
--> statement-breakpoint
ALTER TABLE "inventory_check_lines" DROP COLUMN "counted_at";
--> statement-breakpoint
ALTER TABLE "inventory_check_lines" DROP COLUMN "expected";
--> statement-breakpoint
ALTER TABLE "inventory_check_lines" DROP COLUMN "counted";
--> statement-breakpoint
ALTER TABLE "inventory_check_lines" DROP COLUMN "unit_cost";
--> statement-breakpoint
ALTER TABLE "inventory_checks" DROP COLUMN "round";
--> statement-breakpoint
ALTER TABLE "inventory_checks" DROP COLUMN "remark";
--> statement-breakpoint
ALTER TABLE "locations" DROP COLUMN "pick_sequence";
--> statement-breakpoint
ALTER TABLE "partners" DROP COLUMN "minimum_shelf_life_days";
--> statement-breakpoint
ALTER TABLE "products" DROP COLUMN "minimum_stock";
--> statement-breakpoint
ALTER TABLE "products" DROP COLUMN "maximum_stock";
--> statement-breakpoint
ALTER TABLE "products" DROP COLUMN "abc_class";
--> statement-breakpoint
ALTER TABLE "products" DROP COLUMN "minimum_shelf_life_days";
--> statement-breakpoint
ALTER TABLE "products" DROP COLUMN "unit_cost";
--> statement-breakpoint
ALTER TABLE "stock_movements" DROP COLUMN "reservation_id";
--> statement-breakpoint
ALTER TABLE "stock_movements" DROP COLUMN "check_line_id";
--> statement-breakpoint
ALTER TABLE "stock_movements" DROP COLUMN "compensates_id";
--> statement-breakpoint
DROP TYPE "abc_class";
--> statement-breakpoint
DROP TYPE "reservation_change_kind";
--> statement-breakpoint
DROP TYPE "reservation_status";
