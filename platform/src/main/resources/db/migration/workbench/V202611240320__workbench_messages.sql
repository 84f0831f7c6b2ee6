CREATE SCHEMA workbench;

CREATE TABLE workbench.message (
    id       uuid PRIMARY KEY DEFAULT uuidv7(),
    username text        NOT NULL,
    about    text        NOT NULL,
    time     timestamptz NOT NULL DEFAULT now(),
    title_zh text        NOT NULL,
    title_en text        NOT NULL,
    text_zh  text        NOT NULL,
    text_en  text        NOT NULL,
    link     text        NOT NULL,
    seen     boolean     NOT NULL DEFAULT false,
    UNIQUE (username, about)
);
CREATE INDEX message_newest ON workbench.message (username, time DESC, id DESC);
