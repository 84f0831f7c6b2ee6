-- What of an interface may be made into files, who asked for it and who may.
ALTER TABLE sharing.interface ADD COLUMN exports jsonb;
ALTER TABLE sharing.request ADD COLUMN exports boolean NOT NULL DEFAULT false;
ALTER TABLE sharing.sharing_grant ADD COLUMN exports boolean NOT NULL DEFAULT false;
