-- The index of usages. A file of its own for each schema and for each set of rules: both are in its name.

-- Folders whose modules can be imported, and folders of workspaces.
CREATE TABLE root (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,         -- standard-library, site-packages, editable, workspace
    module TEXT NOT NULL,       -- the dotted name of the package that the folder is; empty if it holds packages
    stamp INTEGER NOT NULL      -- when the folder was changed, as of the last complete pass; 0 before the first
);

-- Distributions, and the owners of modules that no distribution claims.
CREATE TABLE package (
    id INTEGER PRIMARY KEY,
    root INTEGER NOT NULL REFERENCES root,
    name TEXT NOT NULL,
    version TEXT,
    required_by INTEGER NOT NULL,
    UNIQUE (root, name)
);

-- A text, however many files have it.
CREATE TABLE content (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,  -- SHA-256 of the bytes
    is_generated INTEGER NOT NULL,
    concepts BLOB NOT NULL,     -- the concepts that stand in it: the other half of the keys in `posting`
    blocks BLOB NOT NULL        -- facts::BlockFacts of all of them
);

-- Files. What can't be read is remembered without a content, so that it isn't tried again until it is changed.
CREATE TABLE file (
    root INTEGER NOT NULL REFERENCES root,
    path TEXT NOT NULL,         -- relative to the root, with /
    size INTEGER NOT NULL,      -- bytes
    modified INTEGER NOT NULL,  -- nanoseconds since 1970; 0 if it was so recent that a later change might not show
    content INTEGER REFERENCES content,
    package INTEGER NOT NULL REFERENCES package,
    PRIMARY KEY (root, path)
) WITHOUT ROWID;

CREATE INDEX file_by_content ON file (content);

-- Names of the concepts, for people who look into the file.
CREATE TABLE concept (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

-- What stands in a text, by concept first: a question for a concept reads one stretch of the table.
CREATE TABLE posting (
    concept INTEGER NOT NULL,
    content INTEGER NOT NULL,
    count INTEGER NOT NULL,
    best INTEGER NOT NULL,      -- the highest score among the usages
    levels INTEGER NOT NULL,    -- which levels are among them: 1 simple, 2 typical, 4 gnarly
    usages BLOB NOT NULL,       -- facts::UsageFacts of all of them
    PRIMARY KEY (concept, content)
) WITHOUT ROWID;
