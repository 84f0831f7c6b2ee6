-- Whom or what the rows of an interface are about. Tables that were made before have no such column
-- for sure, so they are made anew; until then the old ones are served.
ALTER TABLE sharing.interface ADD COLUMN subject jsonb;
UPDATE sharing.interface SET state = 'MATERIALISING', generation = generation + 1
 WHERE state = 'LIVE' AND upstream IS NULL;
