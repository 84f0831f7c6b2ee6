-- Keys of which callers may ask for a range of values.
ALTER TABLE sharing.interface ADD COLUMN ranges text[] NOT NULL DEFAULT '{}';
