ALTER TABLE "reservation_changes" ALTER COLUMN "kind" SET DATA TYPE text;
--> statement-breakpoint
DROP TYPE "reservation_change_kind";
--> statement-breakpoint
CREATE TYPE "reservation_change_kind" AS ENUM('held', 'shipped', 'released', 'expired', 'short', 'recovered');
--> statement-breakpoint
ALTER TABLE "reservation_changes" ALTER COLUMN "kind" SET DATA TYPE "reservation_change_kind" USING "kind"::"reservation_change_kind";
