-- loses data: every row of api_keys
-- loses data: every row of sessions
-- loses data: users.kind of every row
-- loses data: users.must_change_password of every row
-- loses data: users.password_hash of every service, which had none and gets one that matches no password
ALTER TABLE "users" DROP CONSTRAINT "users_password_hash_check";
--> statement-breakpoint
DROP TABLE "api_keys";
--> statement-breakpoint
DROP TABLE "sessions";
--> statement-breakpoint
ALTER TABLE "users" DROP COLUMN "kind";
--> statement-breakpoint
ALTER TABLE "users" DROP COLUMN "must_change_password";
--> statement-breakpoint
-- A service has no password, and what stands here matches none.
UPDATE "users" SET "password_hash" = '!' WHERE "password_hash" IS NULL;
--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "password_hash" SET NOT NULL;
--> statement-breakpoint
DROP TYPE "session_end";
--> statement-breakpoint
DROP TYPE "user_kind";
