CREATE SCHEMA evidence;
CREATE SCHEMA published;

-- Every change of state, written in the transaction of the change. The relay copies new rows into
-- the log in the order of id and notes the place they got.
CREATE TABLE evidence.change (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    record       uuid        NOT NULL UNIQUE,
    time         timestamptz NOT NULL,
    actor        text        NOT NULL,
    organisation text        NOT NULL,
    action       text        NOT NULL,
    object       text        NOT NULL,
    outcome      text        NOT NULL,
    leaf         text        NOT NULL,
    log_index    bigint      UNIQUE
);
CREATE INDEX change_waiting ON evidence.change (id) WHERE log_index IS NULL;
CREATE INDEX change_time ON evidence.change (time DESC);
CREATE INDEX change_object ON evidence.change (object, time DESC);
CREATE INDEX change_actor ON evidence.change (actor, time DESC);
