CREATE SCHEMA catalogue;

-- Files that people bring, from their arrival until they are loaded or discarded.
CREATE TABLE catalogue.upload (
    id           uuid PRIMARY KEY,
    file_name    text        NOT NULL,
    bytes        bigint      NOT NULL,
    state        text        NOT NULL
                 CHECK (state IN ('RECEIVING', 'PROBED', 'LOADING', 'LOADED', 'FAILED', 'CANCELLED')),
    username     text        NOT NULL,
    name         text        NOT NULL,
    organisation text        NOT NULL,
    created      timestamptz NOT NULL,
    updated      timestamptz NOT NULL,
    probe        jsonb,
    load_order   jsonb,
    -- The dataset that the rows go to; a new one gets its identifier with the order.
    dataset      uuid,
    row_count    bigint,
    rejected     bigint,
    fault        jsonb
);
CREATE INDEX upload_created ON catalogue.upload (created DESC);
-- One load of a dataset at a time.
CREATE UNIQUE INDEX upload_loading ON catalogue.upload (dataset) WHERE state = 'LOADING';

-- What is known and said of the columns of each dataset's table.
CREATE TABLE catalogue.dataset_column (
    dataset           uuid    NOT NULL,
    position          integer NOT NULL,
    name              text    NOT NULL,
    label             text    NOT NULL,
    type              text    NOT NULL,
    description       text,
    kind              text,
    kind_share        double precision,
    check_failures    bigint  NOT NULL,
    profile           jsonb,
    suggested_element text,
    suggested_grade   text    NOT NULL CHECK (suggested_grade IN ('L1', 'L2', 'L3', 'L4')),
    suggested_reason  jsonb   NOT NULL,
    element           text,
    grade             text CHECK (grade IN ('L1', 'L2', 'L3', 'L4')),
    confirmed_by      text,
    confirmed_by_name text,
    confirmed         timestamptz,
    PRIMARY KEY (dataset, name),
    CHECK (confirmed IS NULL OR grade IS NOT NULL)
);

-- Every load that succeeded.
CREATE TABLE catalogue.dataset_load (
    id           uuid PRIMARY KEY,
    dataset      uuid        NOT NULL,
    time         timestamptz NOT NULL,
    username     text        NOT NULL,
    name         text        NOT NULL,
    file_name    text        NOT NULL,
    mode         text        NOT NULL CHECK (mode IN ('REPLACE', 'APPEND')),
    row_count    bigint      NOT NULL,
    rejected     bigint      NOT NULL,
    snapshot     bigint      NOT NULL
);
CREATE INDEX dataset_load_dataset ON catalogue.dataset_load (dataset, time DESC);

CREATE VIEW published.dataset_column AS
    SELECT dataset,
           position,
           name,
           label,
           type,
           kind,
           check_failures,
           element,
           grade,
           confirmed
      FROM catalogue.dataset_column;
COMMENT ON VIEW published.dataset_column IS 'Columns of datasets as they are described now';
COMMENT ON COLUMN published.dataset_column.dataset IS 'Identifier of the dataset';
COMMENT ON COLUMN published.dataset_column.position IS 'Place in the table, from 0';
COMMENT ON COLUMN published.dataset_column.name IS 'Name in SQL and on the wire';
COMMENT ON COLUMN published.dataset_column.label IS 'Name for people';
COMMENT ON COLUMN published.dataset_column.type IS 'TEXT, INTEGER, DECIMAL, BOOLEAN, DATE or TIMESTAMP';
COMMENT ON COLUMN published.dataset_column.kind IS 'What its values were recognised as, or null';
COMMENT ON COLUMN published.dataset_column.check_failures IS 'Values of that kind with a wrong check digit or date';
COMMENT ON COLUMN published.dataset_column.element IS 'Identifier of the data element that a person chose, or null';
COMMENT ON COLUMN published.dataset_column.grade IS 'Grade that a person gave, or null';
COMMENT ON COLUMN published.dataset_column.confirmed IS 'When a person confirmed the grade, or null';

CREATE VIEW published.dataset_load AS
    SELECT id,
           dataset,
           time,
           username,
           mode,
           row_count,
           rejected
      FROM catalogue.dataset_load;
COMMENT ON VIEW published.dataset_load IS 'Loads that succeeded';
COMMENT ON COLUMN published.dataset_load.id IS 'Identifier, that of the upload it came from';
COMMENT ON COLUMN published.dataset_load.dataset IS 'Identifier of the dataset';
COMMENT ON COLUMN published.dataset_load.time IS 'When its rows could be read';
COMMENT ON COLUMN published.dataset_load.username IS 'Who ordered it';
COMMENT ON COLUMN published.dataset_load.mode IS 'REPLACE or APPEND';
COMMENT ON COLUMN published.dataset_load.row_count IS 'Rows loaded';
COMMENT ON COLUMN published.dataset_load.rejected IS 'Rows handed back';
