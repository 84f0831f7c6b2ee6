CREATE SCHEMA duplicate;

-- Two entries that are so like that somebody should look; each pair once, the smaller identifier first.
CREATE TABLE duplicate.pair (
    id                  uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    type                text             NOT NULL,
    first               uuid             NOT NULL,
    second              uuid             NOT NULL,
    first_organisation  text             NOT NULL,
    second_organisation text             NOT NULL,
    score               double precision NOT NULL,
    reasons             jsonb            NOT NULL,
    found               timestamptz      NOT NULL,
    seen                timestamptz      NOT NULL,
    -- Whether they still are so like; one that is not any more is kept only if somebody decided on it.
    current             boolean          NOT NULL DEFAULT true,
    decision            text             NOT NULL DEFAULT 'OPEN'
                        CHECK (decision IN ('OPEN', 'SAME', 'DIFFERENT')),
    decided             timestamptz,
    decided_by          text,
    decided_by_name     text,
    decided_reason      text,
    version             bigint           NOT NULL DEFAULT 1,
    UNIQUE (first, second),
    CHECK (first < second)
);
CREATE INDEX pair_second ON duplicate.pair (second);
CREATE INDEX pair_score ON duplicate.pair (type, decision, score DESC);

CREATE VIEW published.duplicate_pair AS
SELECT id, type, first, second, first_organisation, second_organisation, score, found, current,
       decision, decided, decided_by
  FROM duplicate.pair;
COMMENT ON VIEW published.duplicate_pair IS 'Pairs of entries of one ledger that are so like that they may be duplicates';
COMMENT ON COLUMN published.duplicate_pair.id IS 'Identifier of the pair';
COMMENT ON COLUMN published.duplicate_pair.type IS 'Ledger of both entries';
COMMENT ON COLUMN published.duplicate_pair.first IS 'Identifier of the one entry';
COMMENT ON COLUMN published.duplicate_pair.second IS 'Identifier of the other entry';
COMMENT ON COLUMN published.duplicate_pair.first_organisation IS 'Code of the organisation of the one entry';
COMMENT ON COLUMN published.duplicate_pair.second_organisation IS 'Code of the organisation of the other entry';
COMMENT ON COLUMN published.duplicate_pair.score IS 'How like they are, 0 to 1; pairs are kept from the alarm threshold on';
COMMENT ON COLUMN published.duplicate_pair.found IS 'When the pair was first found';
COMMENT ON COLUMN published.duplicate_pair.current IS 'Whether they still are so like';
COMMENT ON COLUMN published.duplicate_pair.decision IS 'What a person said of them: OPEN, SAME or DIFFERENT';
COMMENT ON COLUMN published.duplicate_pair.decided IS 'When somebody decided';
COMMENT ON COLUMN published.duplicate_pair.decided_by IS 'User name of who decided';
