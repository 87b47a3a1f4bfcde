-- The ledger: what is known, what is due and what is proved. The same text serves SQLite and PostgreSQL.
--
-- Times are UTC, as 2026-03-10T14:05:09.123Z, always with three digits after the point, so that they sort as text.
-- SHA-256 are 64 lower-case hex digits. A null means not known, unless it says otherwise. Yes and no are 1 and 0.

-- The numbers given out last. Taking one locks its row until the commit, so that numbers rise in the order of commits.
CREATE TABLE counter (
    name  TEXT   NOT NULL PRIMARY KEY,  -- event, window, look
    value BIGINT NOT NULL
);
INSERT INTO counter (name, value) VALUES ('event', 0);
INSERT INTO counter (name, value) VALUES ('window', 0);

-- Each archive run that a person or a job asked for.
CREATE TABLE pass (
    number   BIGINT NOT NULL PRIMARY KEY,
    began_at TEXT   NOT NULL
);

-- One row of a listing: a call, a message. Facts are those of its latest revision, where that still knew them.
CREATE TABLE record (
    customer    TEXT    NOT NULL,
    feed        TEXT    NOT NULL,  -- calls, messages, recordings, cdrs, voicemails, faxes
    id          TEXT    NOT NULL,  -- the provider's
    kind        TEXT,              -- the provider's own word: Voice, SMS
    started_at  TEXT,
    extension   TEXT,
    direction   TEXT,              -- inbound, outbound
    from_number TEXT,
    from_name   TEXT,
    to_number   TEXT,
    to_name     TEXT,
    settled     INTEGER NOT NULL,  -- 0 while the provider may still rewrite it soon
    revision    INTEGER NOT NULL,  -- number of the latest
    sha256      TEXT    NOT NULL,  -- of the latest revision's canonical JSON
    excluded    TEXT,              -- the rule that keeps its items out; null when they are fetched
    unreadable  TEXT,              -- why it could not be read; null for a good one
    first_seen  TEXT    NOT NULL,
    last_seen   TEXT    NOT NULL,  -- when the latest revision was
    PRIMARY KEY (customer, feed, id)
);

-- Each different form of a record that was listed.
CREATE TABLE revision (
    customer  TEXT    NOT NULL,
    feed      TEXT    NOT NULL,
    record_id TEXT    NOT NULL,
    revision  INTEGER NOT NULL,  -- 1 and up
    raw       TEXT    NOT NULL,  -- its JSON as it came
    sha256    TEXT    NOT NULL,  -- of its canonical JSON: sorted keys, exact numbers
    seen_at   TEXT    NOT NULL,
    PRIMARY KEY (customer, feed, record_id, revision)
);

-- One binary that belongs to a record.
CREATE TABLE item (
    customer      TEXT    NOT NULL,
    item          TEXT    NOT NULL,  -- kind/id, for example recording/9900112233005
    feed          TEXT    NOT NULL,
    record_id     TEXT    NOT NULL,  -- the first record that named it
    revision      INTEGER NOT NULL,  -- the revision that did: its raw JSON becomes the sidecar
    kind          TEXT    NOT NULL,
    uri           TEXT,              -- from the latest revision that said so
    content_type  TEXT,              -- as announced
    size          BIGINT,            -- bytes as announced
    api_group     TEXT,              -- whose budget its download spends
    started_at    TEXT,              -- of its record
    loss_at       TEXT    NOT NULL,  -- when the provider deletes it; 9999-12-31T00:00:00.000Z when not known
    state         TEXT    NOT NULL,  -- due, fetching, waiting, stored, dead, gone, not-retained, excluded
    next_at       TEXT,              -- not asked for before; null means at once
    attempts      INTEGER NOT NULL,  -- rungs of the ladder used up
    missing       INTEGER NOT NULL,  -- how often the provider said that it does not have it
    missing_since TEXT,
    code          TEXT,              -- of the last failure; null after a success
    evidence      TEXT,              -- what was said then
    status        INTEGER NOT NULL,  -- the HTTP status then; 0 for none
    pass          BIGINT  NOT NULL,  -- the pass that last tried it in vain; 0 for the service
    version       BIGINT  NOT NULL,  -- rises with every change of this row
    path          TEXT,              -- from here to spool: the plan, fixed before its first put; null before
    length        BIGINT,            -- bytes
    sha256        TEXT,
    type          TEXT,              -- media type, from the bytes
    spool         TEXT,              -- name of its file in the spool
    first_seen    TEXT    NOT NULL,
    stored_at     TEXT,              -- when it lay on the last of its targets
    told_at       TEXT,              -- when the operator's own on-stored step was told
    PRIMARY KEY (customer, item)
);
-- The next to be fetched, first to be lost first.
CREATE INDEX record_unreadable ON record (customer) WHERE unreadable IS NOT NULL;

CREATE INDEX item_claimable ON item (customer, api_group, loss_at, started_at, item, next_at, pass, state)
    WHERE state IN ('due', 'waiting');
CREATE INDEX item_next ON item (customer, next_at)
    WHERE state IN ('due', 'waiting') AND next_at IS NOT NULL;
CREATE INDEX item_state ON item (customer, state, length);
CREATE INDEX item_untold ON item (customer, stored_at, item)
    WHERE state = 'stored' AND told_at IS NULL;

-- What the provider says of an item beside its record, where the operator wants that asked.
CREATE TABLE metadata (
    customer TEXT NOT NULL,
    item     TEXT NOT NULL,
    raw      TEXT,           -- its JSON as it came; null when it could not be had
    code     TEXT,           -- why not; null when it could
    evidence TEXT,
    asked_at TEXT NOT NULL,
    PRIMARY KEY (customer, item)
);

-- Proof, or the wish for it, that one item lies at one target.
CREATE TABLE receipt (
    customer  TEXT    NOT NULL,
    item      TEXT    NOT NULL,
    target    TEXT    NOT NULL,
    state     TEXT    NOT NULL,  -- due, storing, stored, dead
    attempts  INTEGER NOT NULL,
    next_at   TEXT    NOT NULL,  -- not put before; the longest due goes first
    pass      BIGINT  NOT NULL,  -- the pass that last tried it in vain; 0 for the service
    code      TEXT,              -- of the last failure; null after a success
    evidence  TEXT,
    path      TEXT,              -- from here on: the proof; null until stored
    location  TEXT,              -- where, as the target calls it
    length    BIGINT,            -- bytes, as counted
    sha256    TEXT,
    type      TEXT,              -- media type
    checksum  TEXT,              -- the target's own proof: sha256:…, read-back:…
    stored_at TEXT,
    PRIMARY KEY (customer, item, target)
);
-- The next to be put, and how many there are in each state.
CREATE INDEX receipt_state ON receipt (customer, target, state, next_at, item);

-- Closed spans of time whose listing was begun.
CREATE TABLE listing_window (
    number    BIGINT  NOT NULL PRIMARY KEY,
    customer  TEXT    NOT NULL,
    feed      TEXT    NOT NULL,
    part      TEXT    NOT NULL,  -- the extension or sub-account listed by itself; empty for the whole feed
    from_at   TEXT    NOT NULL,  -- first and last instant that belong to it
    to_at     TEXT    NOT NULL,
    next      TEXT,              -- address of the next page; null before the first and after the last
    pages     INTEGER NOT NULL,
    records   INTEGER NOT NULL,
    opened_at TEXT    NOT NULL,
    closed_at TEXT,              -- null while open
    code      TEXT,              -- why a run left it open; null when none did
    sentence  TEXT
);
CREATE INDEX listing_window_open ON listing_window (customer, feed, part, from_at) WHERE closed_at IS NULL;
CREATE INDEX listing_window_end ON listing_window (customer, feed, part, to_at);

-- From when to when a feed part is listed without a gap.
CREATE TABLE listed (
    customer     TEXT NOT NULL,
    feed         TEXT NOT NULL,
    part         TEXT NOT NULL,
    listed_from  TEXT NOT NULL,
    listed_until TEXT NOT NULL,
    told_until   TEXT,  -- listed_until as the journals were told it last
    PRIMARY KEY (customer, feed, part)
);

-- Extensions and sub-accounts that the credentials may not see.
CREATE TABLE not_visible (
    customer TEXT    NOT NULL,
    feed     TEXT    NOT NULL,
    part     TEXT    NOT NULL,
    status   INTEGER NOT NULL,  -- HTTP
    code     TEXT,
    reason   TEXT,
    since    TEXT    NOT NULL,
    last_at  TEXT    NOT NULL,
    PRIMARY KEY (customer, feed, part)
);

-- Feeds that are listed by their parts, because the list of the whole is refused.
CREATE TABLE fallback (
    customer TEXT NOT NULL,
    feed     TEXT NOT NULL,
    code     TEXT NOT NULL,
    sentence TEXT NOT NULL,
    since    TEXT NOT NULL,
    last_at  TEXT NOT NULL,
    PRIMARY KEY (customer, feed)
);

-- What goes to the journals, in the order of the commits.
CREATE TABLE event (
    number    BIGINT NOT NULL PRIMARY KEY,
    at        TEXT   NOT NULL,
    event     TEXT   NOT NULL,  -- record, stored, gone, not-retained, dead, excluded, not-visible, metadata, played, released; for headers listed, visible
    customer  TEXT   NOT NULL,
    target    TEXT   NOT NULL,  -- the only chain it goes to; empty for every chain of the customer
    feed      TEXT   NOT NULL,
    record_id TEXT,             -- of listed and visible: the part
    revision  INTEGER,          -- for a record: the revision it tells of
    line      TEXT              -- as it stands in the journal; null for a record, whose line is made of its revision
);
CREATE INDEX event_customer ON event (customer, number);

-- What the provider was asked to give up, after it was proved at every target.
CREATE TABLE release (
    customer  TEXT NOT NULL,
    item      TEXT NOT NULL,
    feed      TEXT NOT NULL,
    record_id TEXT NOT NULL,
    mode      TEXT NOT NULL,  -- soft-delete, delete
    outcome   TEXT NOT NULL,  -- asked, released, gone (it was already), refused
    code      TEXT,           -- why it was refused; null when it was not
    evidence  TEXT,           -- what was said then
    proved_at TEXT,           -- when it was last read back from the last of its targets; null after a rebuild
    asked_at  TEXT NOT NULL,
    ended_at  TEXT,           -- null while nobody knows what became of it
    PRIMARY KEY (customer, item)
);

-- The settings under which a customer's release was tried without asking the provider.
CREATE TABLE release_rehearsal (
    customer    TEXT NOT NULL,
    fingerprint TEXT NOT NULL,  -- SHA-256 of the settings
    at          TEXT NOT NULL,
    PRIMARY KEY (customer, fingerprint)
);

-- The objects of each chain, fixed before they are put.
CREATE TABLE journal_object (
    customer     TEXT   NOT NULL,
    target       TEXT   NOT NULL,
    number       BIGINT NOT NULL,  -- 1 and up, without gaps
    object_key   TEXT   NOT NULL,
    sha256       TEXT   NOT NULL,  -- of the gzip bytes
    previous     TEXT,             -- SHA-256 of the object before it; null for number 1
    bytes        BYTEA,            -- the gzip bytes; null once published
    last_event   BIGINT NOT NULL,
    at           TEXT   NOT NULL,
    published_at TEXT,
    PRIMARY KEY (customer, target, number)
);

-- What is kept of each gate over a restart.
CREATE TABLE gate (
    customer       TEXT    NOT NULL,
    lane           TEXT    NOT NULL,
    api_group      TEXT    NOT NULL,
    request_limit  INTEGER NOT NULL,  -- requests in a window
    window_seconds INTEGER NOT NULL,
    requests       BIGINT  NOT NULL,  -- since the ledger began
    refused        BIGINT  NOT NULL,  -- of them, answered 429
    closed_until   TEXT,              -- no request before; null when open
    reported_as    TEXT,              -- the group's name in the provider's answers; null when they name none
    is_learned     INTEGER NOT NULL DEFAULT 0,  -- 1 when the provider's answers said limit or window
    is_clean       INTEGER NOT NULL DEFAULT 0,  -- 1 when the process ended as it should and nothing was sent since
    recent         TEXT    NOT NULL DEFAULT '', -- what may count in the window: time*requests; ? when without an answer
    kept_at        TEXT,              -- when this was written
    PRIMARY KEY (customer, lane, api_group)
);

-- Customers whose last run was stopped, and by what.
CREATE TABLE customer_run (
    customer   TEXT NOT NULL PRIMARY KEY,
    code       TEXT NOT NULL,
    sentence   TEXT NOT NULL,
    stopped_at TEXT NOT NULL
);

-- How long the provider keeps things, as it told an earlier run.
CREATE TABLE retention (
    customer     TEXT    NOT NULL,
    name         TEXT    NOT NULL,  -- the provider's own: automatic-recording, on-demand-recording, message
    kept_seconds BIGINT  NOT NULL,
    learned_at   TEXT    NOT NULL,
    applied      INTEGER NOT NULL,  -- 0 until the loss_at of known items goes by it
    PRIMARY KEY (customer, name)
);

-- When a customer's provider was last asked that, and had answered or refused everything.
CREATE TABLE retention_asked (
    customer TEXT NOT NULL PRIMARY KEY,
    at       TEXT NOT NULL
);

-- What is wrong or may become an alarm. A row goes when it is over.
CREATE TABLE alarm (
    customer  TEXT NOT NULL,  -- empty for the installation itself
    code      TEXT NOT NULL,  -- DEAD_ITEMS, TARGET_DOWN, ...; DIGEST for when the last digest was written
    subject   TEXT NOT NULL,  -- which target, feed, lane or disk; empty when there is only one
    since     TEXT NOT NULL,  -- when it was seen first
    raised_at TEXT,           -- when somebody was told; null while it has not lasted long enough
    sentence  TEXT NOT NULL,
    PRIMARY KEY (customer, code, subject)
);

-- What is still to be sent, in each way. A row goes when it has been taken.
CREATE TABLE alarm_notice (
    number   BIGINT NOT NULL PRIMARY KEY,
    channel  TEXT   NOT NULL,  -- mail, webhook
    kind     TEXT   NOT NULL,  -- raised, over, digest
    customer TEXT   NOT NULL,
    code     TEXT   NOT NULL,
    subject  TEXT   NOT NULL,
    sentence TEXT   NOT NULL,
    at       TEXT   NOT NULL
);
-- What the console searches. Derived from the records by the service, behind everything else, and made anew when it is
-- missing; nothing else reads it.

-- How far that has come: first all records in order of customer, feed and id, then those that the events tell of.
CREATE TABLE search_progress (
    name     TEXT    NOT NULL PRIMARY KEY,  -- records
    event    BIGINT  NOT NULL,              -- the last event that was looked at
    customer TEXT    NOT NULL,              -- the last record of the walk; empty before the first
    feed     TEXT    NOT NULL,
    id       TEXT    NOT NULL,
    walked   INTEGER NOT NULL               -- 0 while the walk goes on
);

-- A record by its place in time: milliseconds since 1970 times 4,194,304, plus a number that tells those of the same
-- millisecond apart. Of a record without a start time, milliseconds are 0.
CREATE TABLE search_record (
    number   BIGINT NOT NULL PRIMARY KEY,
    customer TEXT   NOT NULL,
    feed     TEXT   NOT NULL,
    id       TEXT   NOT NULL
)${clustered};

-- The words that occur, each with a letter for what it is: n a number's digits, r the same backwards, w a word of a name,
-- e an extension, d a direction, k a kind, * any record.
CREATE TABLE search_term (
    customer TEXT   NOT NULL,
    term     TEXT${bytewise} NOT NULL,
    records  BIGINT NOT NULL,  -- about how many have it
    PRIMARY KEY (customer, term)
)${clustered};

-- Which records have it. Its number is made of customer and term by hashing; a record is checked again before it is shown.
CREATE TABLE search_posting (
    term   BIGINT NOT NULL,
    record BIGINT NOT NULL,
    PRIMARY KEY (term, record)
)${clustered};
