-- What cases of misuse impose on applications for a time: so many calls a second, or none.
CREATE TABLE sharing.restriction (
    id            uuid        PRIMARY KEY,
    application   uuid        NOT NULL REFERENCES sharing.application (id),
    reference     text        NOT NULL,
    per_second    integer     CHECK (per_second >= 1),
    since         timestamptz NOT NULL,
    until         timestamptz,
    reason        text        NOT NULL,
    lifted        timestamptz,
    lifted_by     text,
    lifted_reason text
);
CREATE UNIQUE INDEX restriction_reference ON sharing.restriction (application, reference)
    WHERE lifted IS NULL;

CREATE CONSTRAINT TRIGGER restriction_in_policy AFTER INSERT OR UPDATE OR DELETE
    ON sharing.restriction DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION sharing.policy_source_changed('APPLICATION', 'application');

CREATE VIEW published.restriction AS
SELECT id, application, reference, per_second, since, until, lifted FROM sharing.restriction;
COMMENT ON VIEW published.restriction IS 'What cases of misuse impose on applications';
COMMENT ON COLUMN published.restriction.id IS 'Identifier';
COMMENT ON COLUMN published.restriction.application IS 'Identifier of the application';
COMMENT ON COLUMN published.restriction.reference IS 'Number of the case';
COMMENT ON COLUMN published.restriction.per_second IS 'Calls a second that are left, or null for none';
COMMENT ON COLUMN published.restriction.since IS 'Since when';
COMMENT ON COLUMN published.restriction.until IS 'When it ends by itself, or null if a person must end it';
COMMENT ON COLUMN published.restriction.lifted IS 'When it was lifted, or null';

-- Whose keys are whose, and who answers for a program.
CREATE VIEW published.application_key AS
SELECT id, application FROM sharing.application_key;
COMMENT ON VIEW published.application_key IS 'Keys of applications, also such as are revoked';
COMMENT ON COLUMN published.application_key.id IS 'Identifier that callers name';
COMMENT ON COLUMN published.application_key.application IS 'Identifier of the application';

CREATE VIEW published.application_answer AS
SELECT id, responsible FROM sharing.application;
COMMENT ON VIEW published.application_answer IS 'Who answers for applications';
COMMENT ON COLUMN published.application_answer.id IS 'Identifier of the application';
COMMENT ON COLUMN published.application_answer.responsible IS 'Entry of the key person who answers for it, or null';
