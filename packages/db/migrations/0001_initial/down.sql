-- The extension stays: another schema of this database may use it.
-- loses data: every row of categories
-- loses data: every row of locations
-- loses data: every row of lots
-- loses data: every row of packagings
-- loses data: every row of partners
-- loses data: every row of product_codes
-- loses data: every row of products
-- loses data: every row of users
DROP TABLE "product_codes";--> statement-breakpoint
DROP TABLE "packagings";--> statement-breakpoint
DROP TABLE "lots";--> statement-breakpoint
DROP TABLE "products";--> statement-breakpoint
DROP TABLE "partners";--> statement-breakpoint
DROP TABLE "locations";--> statement-breakpoint
DROP TABLE "categories";--> statement-breakpoint
DROP TABLE "users";--> statement-breakpoint
DROP FUNCTION "locations_check_kind"();--> statement-breakpoint
DROP FUNCTION "refuse_tree_cycle"();--> statement-breakpoint
DROP TYPE "user_role";--> statement-breakpoint
DROP TYPE "product_code_type";--> statement-breakpoint
DROP TYPE "product_tracking";--> statement-breakpoint
DROP TYPE "partner_kind";--> statement-breakpoint
DROP TYPE "lot_status";--> statement-breakpoint
DROP TYPE "location_kind";
