-- Searches that people keep under a name, each for oneself.
CREATE TABLE search.saved_search (
    id       uuid PRIMARY KEY,
    username text        NOT NULL,
    name     text        NOT NULL,
    query    text        NOT NULL,
    time     timestamptz NOT NULL,
    UNIQUE (username, name)
);
