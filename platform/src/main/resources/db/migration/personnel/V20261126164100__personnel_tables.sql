CREATE SCHEMA personnel;

-- Key persons as their entries say, with what follows from it: whether they may have access.
CREATE TABLE personnel.person (
    entry           uuid PRIMARY KEY,
    code            text        NOT NULL,
    title           text        NOT NULL,
    organisation    text        NOT NULL,
    state           text        NOT NULL,
    vendor          uuid,
    applications    uuid[]      NOT NULL,
    username        text,
    clearance_until date,
    contract_until  date,
    trained_until   date,
    over            boolean     NOT NULL,
    reasons         text[]      NOT NULL,
    loss            uuid,
    created         timestamptz NOT NULL
);
CREATE INDEX person_vendor ON personnel.person (vendor);
CREATE INDEX person_username ON personnel.person (username) WHERE username IS NOT NULL;
CREATE INDEX person_title ON personnel.person (title, (entry::text));
-- What the clock ends.
CREATE INDEX person_clearance ON personnel.person (clearance_until) WHERE NOT over;
CREATE INDEX person_contract ON personnel.person (contract_until) WHERE NOT over;

CREATE TABLE personnel.vendor (
    entry    uuid PRIMARY KEY,
    title    text    NOT NULL,
    admitted boolean NOT NULL,
    loss     uuid
);

-- Access that was taken away, and by whom it was given back.
CREATE TABLE personnel.loss (
    id               uuid PRIMARY KEY,
    subject          uuid        NOT NULL,
    username         text,
    switched_off     boolean     NOT NULL,
    reasons          text[]      NOT NULL,
    time             timestamptz NOT NULL,
    by               text        NOT NULL,
    by_name          text        NOT NULL,
    restored         timestamptz,
    restored_by      text,
    restored_by_name text,
    restored_reason  text
);
CREATE INDEX loss_subject ON personnel.loss (subject, time DESC);
CREATE INDEX loss_open ON personnel.loss (username) WHERE restored IS NULL;

-- Who came to which training, and how they did.
CREATE TABLE personnel.attendance (
    training    uuid        NOT NULL,
    person      uuid        NOT NULL,
    attended    boolean     NOT NULL,
    score       numeric(6, 2) CHECK (score >= 0),
    passed      boolean     NOT NULL,
    valid_until date,
    recorded    timestamptz NOT NULL,
    recorded_by text        NOT NULL,
    PRIMARY KEY (training, person)
);
CREATE INDEX attendance_person ON personnel.attendance (person);

-- Accounts whose holders must be managed, and whether they are.
CREATE TABLE personnel.holder (
    username     text PRIMARY KEY,
    name         text        NOT NULL,
    organisation text        NOT NULL,
    because      text[]      NOT NULL,
    entry        uuid,
    managed      boolean     NOT NULL,
    lacks        text        NOT NULL,
    looked       timestamptz NOT NULL
);

CREATE VIEW published.personnel_coverage AS
SELECT username AS person, organisation, managed, lacks, because, entry, looked
  FROM personnel.holder;
COMMENT ON VIEW published.personnel_coverage IS 'People with access, and whether they are managed: the coverage rate is managed ones divided by all';
COMMENT ON COLUMN published.personnel_coverage.person IS 'User name of the account that has access';
COMMENT ON COLUMN published.personnel_coverage.organisation IS 'Code of the organisation of the account';
COMMENT ON COLUMN published.personnel_coverage.managed IS 'Whether an entry of the ledger of key persons is in force for it, with valid clearance and training';
COMMENT ON COLUMN published.personnel_coverage.lacks IS 'Empty if managed; ENTRY without an entry, else the first reason why the entry gives no right to access';
COMMENT ON COLUMN published.personnel_coverage.because IS 'Why it counts as access: VENDOR, ROLE, CONTACT, one or more';
COMMENT ON COLUMN published.personnel_coverage.entry IS 'Entry of the key person, or null';
COMMENT ON COLUMN published.personnel_coverage.looked IS 'When it was last looked at';

CREATE VIEW published.personnel_loss AS
SELECT id, subject, username, reasons, time, restored FROM personnel.loss;
COMMENT ON VIEW published.personnel_loss IS 'Access that was taken from key persons and vendors';
COMMENT ON COLUMN published.personnel_loss.id IS 'Identifier';
COMMENT ON COLUMN published.personnel_loss.subject IS 'Entry of the key person or the vendor';
COMMENT ON COLUMN published.personnel_loss.username IS 'Account that was switched off with it, or null';
COMMENT ON COLUMN published.personnel_loss.reasons IS 'Why: LEFT, REMOVED, NOT_CLEARED, CLEARANCE_EXPIRED, CONTRACT_ENDED, VENDOR_NOT_ADMITTED, UNTRAINED, one or more';
COMMENT ON COLUMN published.personnel_loss.time IS 'When';
COMMENT ON COLUMN published.personnel_loss.restored IS 'When a person undid it, or null';

CREATE VIEW published.training_attendance AS
SELECT training, person, attended, score, passed, valid_until FROM personnel.attendance;
COMMENT ON VIEW published.training_attendance IS 'Who came to which training, and how they did';
COMMENT ON COLUMN published.training_attendance.training IS 'Entry of the training';
COMMENT ON COLUMN published.training_attendance.person IS 'Entry of the key person';
COMMENT ON COLUMN published.training_attendance.attended IS 'Whether the person came';
COMMENT ON COLUMN published.training_attendance.score IS 'Score of the exam, or null without one';
COMMENT ON COLUMN published.training_attendance.passed IS 'Whether it counts as passed';
COMMENT ON COLUMN published.training_attendance.valid_until IS 'Last day on which it counts, null if not passed';
