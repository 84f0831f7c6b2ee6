-- Which entry of the ledger a program is, and which key person answers for its keys.
ALTER TABLE sharing.application
    ADD COLUMN entry uuid,
    ADD COLUMN responsible uuid;
CREATE INDEX application_entry ON sharing.application (entry) WHERE entry IS NOT NULL;
CREATE INDEX application_responsible ON sharing.application (responsible)
    WHERE responsible IS NOT NULL;

-- Who made a key has seen its secret.
ALTER TABLE sharing.application_key ADD COLUMN made_by text;
CREATE INDEX application_key_made_by ON sharing.application_key (made_by);

-- Programs and single keys that are refused for the time being, since somebody lost their access.
CREATE TABLE sharing.suspension (
    id            uuid PRIMARY KEY,
    application   uuid        NOT NULL REFERENCES sharing.application (id),
    key           text REFERENCES sharing.application_key (id),
    loss          uuid        NOT NULL,
    subject       uuid        NOT NULL,
    subject_title text        NOT NULL,
    reason_zh     text        NOT NULL,
    reason_en     text        NOT NULL,
    since         timestamptz NOT NULL,
    lifted        timestamptz,
    lifted_by     text,
    lifted_reason text
);
CREATE UNIQUE INDEX suspension_application ON sharing.suspension (application, loss)
    WHERE key IS NULL AND lifted IS NULL;
CREATE UNIQUE INDEX suspension_key ON sharing.suspension (key, loss) WHERE lifted IS NULL;
CREATE INDEX suspension_loss ON sharing.suspension (loss) WHERE lifted IS NULL;

CREATE VIEW published.suspension AS
SELECT id, application, key, loss, since, lifted FROM sharing.suspension;
COMMENT ON VIEW published.suspension IS 'Programs and keys that gateways refuse since somebody lost their access';
COMMENT ON COLUMN published.suspension.id IS 'Identifier';
COMMENT ON COLUMN published.suspension.application IS 'Identifier of the application';
COMMENT ON COLUMN published.suspension.key IS 'The one key that is refused, or null if the application is';
COMMENT ON COLUMN published.suspension.loss IS 'The loss of access that it follows from';
COMMENT ON COLUMN published.suspension.since IS 'Since when';
COMMENT ON COLUMN published.suspension.lifted IS 'When it ended, or null while it lasts';
