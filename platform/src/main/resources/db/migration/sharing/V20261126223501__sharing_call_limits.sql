-- Limits over all grants together.
CREATE TABLE sharing.call_limit (
    kind text NOT NULL CHECK (kind IN ('APPLICATION', 'INTERFACE', 'ORGANISATION')),
    subject text NOT NULL,
    per_second integer CHECK (per_second > 0),
    per_day bigint CHECK (per_day > 0),
    per_month bigint CHECK (per_month > 0),
    reason text NOT NULL,
    changed timestamptz NOT NULL,
    changed_by text NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (kind, subject),
    CHECK (per_second IS NOT NULL OR per_day IS NOT NULL OR per_month IS NOT NULL)
);

ALTER TABLE sharing.sharing_grant ADD COLUMN in_all bigint CHECK (in_all > 0);
ALTER TABLE sharing.request ADD COLUMN in_all bigint CHECK (in_all > 0);
