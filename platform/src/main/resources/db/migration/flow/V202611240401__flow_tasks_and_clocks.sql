-- One running or ended process. Whoever moves a process locks its row first, so two movers of one
-- process wait for each other and the engine never meets a conflict.
CREATE TABLE flow.instance (
    subject    text PRIMARY KEY,
    engine_id  text        NOT NULL UNIQUE,
    definition text        NOT NULL,
    started    timestamptz NOT NULL,
    ended      timestamptz,
    path       text[]
);
COMMENT ON COLUMN flow.instance.path IS
    'elements passed, kept when the engine''s own history of an ended process is pruned';
CREATE INDEX instance_to_prune ON flow.instance (ended) WHERE path IS NULL AND ended IS NOT NULL;

-- What waits for people.
CREATE TABLE flow.task (
    id           text PRIMARY KEY,
    subject      text        NOT NULL REFERENCES flow.instance (subject),
    node         text        NOT NULL,
    kind         text        NOT NULL,
    title_zh     text        NOT NULL,
    title_en     text        NOT NULL,
    link         text        NOT NULL,
    permission   text        NOT NULL,
    organisation text        NOT NULL,
    person       text,
    created      timestamptz NOT NULL,
    due          timestamptz,
    escalated    timestamptz,
    done         timestamptz,
    done_by      text
);
CREATE INDEX task_open ON flow.task (permission, organisation) WHERE done IS NULL;
CREATE INDEX task_subject ON flow.task (subject);

-- When somebody is to be reminded, and when a task has waited too long.
CREATE TABLE flow.clock (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    task       text        NOT NULL REFERENCES flow.task (id),
    kind       text        NOT NULL CHECK (kind IN ('REMINDER', 'ESCALATION')),
    due        timestamptz NOT NULL,
    not_before timestamptz NOT NULL,
    attempts   integer     NOT NULL DEFAULT 0,
    fired      timestamptz
);
CREATE INDEX clock_waiting ON flow.clock (not_before) WHERE fired IS NULL;
CREATE INDEX clock_task ON flow.clock (task);
