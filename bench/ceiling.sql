-- The least that a durable, idempotent report with a roll-up can cost: one row under a unique key, one roll-up row.
CREATE TABLE events (
    source      text        NOT NULL,
    event_id    text        NOT NULL,
    milestone   text        NOT NULL,
    observed_at timestamptz NOT NULL,
    done        bigint      NOT NULL,
    total       bigint      NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (source, event_id)
);
CREATE TABLE rollup (
    milestone   text        PRIMARY KEY,
    observed_at timestamptz NOT NULL,
    done        bigint      NOT NULL,
    total       bigint      NOT NULL,
    reports     bigint      NOT NULL
);
