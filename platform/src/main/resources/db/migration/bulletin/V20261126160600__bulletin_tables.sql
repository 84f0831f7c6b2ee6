CREATE SCHEMA bulletin;

-- The bulletin of a month about the whole city; its letters go to the departments.
CREATE TABLE bulletin.bulletin (
    month        date        PRIMARY KEY CHECK (extract(day FROM month) = 1),
    state        text        NOT NULL CHECK (state IN ('DRAFT', 'SENT')),
    figures      jsonb       NOT NULL,
    sha256       text        NOT NULL,
    word         text        NOT NULL DEFAULT '',
    made         timestamptz NOT NULL,
    made_by      text        NOT NULL,
    made_by_name text        NOT NULL,
    sent         timestamptz,
    sent_by      text,
    sent_by_name text,
    version      bigint      NOT NULL DEFAULT 1,
    CHECK ((state = 'SENT') = (sent IS NOT NULL))
);

CREATE TABLE bulletin.letter (
    id                   uuid        PRIMARY KEY,
    month                date        NOT NULL REFERENCES bulletin.bulletin (month),
    organisation         text        NOT NULL,
    kind                 text        NOT NULL,
    entries              bigint      NOT NULL,
    standardised         bigint      NOT NULL,
    score                double precision NOT NULL,
    change               double precision,
    place                integer     NOT NULL,
    places               integer     NOT NULL,
    figures              jsonb       NOT NULL,
    sha256               text        NOT NULL,
    left_out             boolean     NOT NULL DEFAULT false,
    state                text        NOT NULL CHECK (state IN
        ('DRAFT', 'SENT', 'ACKNOWLEDGED', 'ANSWERED', 'RETURNED', 'ACCEPTED')),
    sent                 timestamptz,
    due                  timestamptz,
    acknowledged         timestamptz,
    acknowledged_by      text,
    acknowledged_by_name text,
    answered             timestamptz,
    answered_by          text,
    answered_by_name     text,
    measures             text,
    mended_by            date,
    decided              timestamptz,
    decided_by           text,
    decided_by_name      text,
    decided_reason       text,
    version              bigint      NOT NULL DEFAULT 1,
    UNIQUE (month, organisation),
    CHECK ((state = 'DRAFT') = (sent IS NULL)),
    CHECK (NOT left_out OR state = 'DRAFT')
);
CREATE INDEX letter_organisation ON bulletin.letter (organisation, month);

-- What happened to a letter, in order.
CREATE TABLE bulletin.event (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    letter     uuid        NOT NULL REFERENCES bulletin.letter (id),
    time       timestamptz NOT NULL,
    actor      text        NOT NULL,
    actor_name text        NOT NULL,
    action     text        NOT NULL,
    text       text        NOT NULL
);
CREATE INDEX event_letter ON bulletin.event (letter, id);

-- Figures are frozen when a bulletin is made, so that a letter never changes later.
CREATE FUNCTION bulletin.refuse_thawing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The figures of a bulletin are frozen';
END $$;
CREATE TRIGGER frozen BEFORE UPDATE OF figures, sha256 ON bulletin.bulletin
    FOR EACH ROW EXECUTE FUNCTION bulletin.refuse_thawing();
CREATE TRIGGER frozen BEFORE UPDATE OF month, organisation, entries, standardised, score, change,
    place, places, figures, sha256 ON bulletin.letter
    FOR EACH ROW EXECUTE FUNCTION bulletin.refuse_thawing();

CREATE VIEW published.bulletin_letter AS
SELECT id, to_char(month, 'YYYY-MM') AS month, organisation, state, sent, due, answered
  FROM bulletin.letter WHERE NOT left_out AND state <> 'DRAFT';
COMMENT ON VIEW published.bulletin_letter IS 'Letters of the monthly bulletins that were sent to departments';
COMMENT ON COLUMN published.bulletin_letter.id IS 'Identifier of the letter';
COMMENT ON COLUMN published.bulletin_letter.month IS 'Month that it is about, yyyy-MM';
COMMENT ON COLUMN published.bulletin_letter.organisation IS 'Code of the organisation that it went to';
COMMENT ON COLUMN published.bulletin_letter.state IS 'SENT, ACKNOWLEDGED, ANSWERED, RETURNED or ACCEPTED';
COMMENT ON COLUMN published.bulletin_letter.sent IS 'When it was sent';
COMMENT ON COLUMN published.bulletin_letter.due IS 'When its answer is due';
COMMENT ON COLUMN published.bulletin_letter.answered IS 'When it was last answered, or null';
