-- allow: require-enum-value-ordering the order of the kinds means nothing
ALTER TYPE "reservation_change_kind" ADD VALUE 'reversed';
