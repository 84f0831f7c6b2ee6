-- What a gateway said is durable in its log and no checkpoint covers yet, and since when.
ALTER TABLE evidence.log ADD COLUMN owed bigint NOT NULL DEFAULT 0;
ALTER TABLE evidence.log ADD COLUMN owed_since timestamptz;
