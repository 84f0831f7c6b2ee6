-- An interface that a department's own HTTP service answers: the contract's HttpUpstream. One that
-- serves no dataset of the catalogue says itself how it is shared.
ALTER TABLE sharing.interface
    ADD COLUMN upstream    jsonb,
    ADD COLUMN own_sharing text CHECK (own_sharing IN ('UNCONDITIONAL', 'CONDITIONAL', 'NONE')),
    ADD CONSTRAINT interface_source CHECK (dataset <> '' OR upstream IS NOT NULL),
    ADD CONSTRAINT interface_sharing CHECK (dataset <> '' OR own_sharing IS NOT NULL);

-- How services fare, as each gateway last told.
ALTER TABLE sharing.gateway ADD COLUMN upstreams jsonb NOT NULL DEFAULT '[]';
