-- loses data: every row of rate_limits
DROP TABLE "rate_limits";
