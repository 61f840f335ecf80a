-- Tries to sign in, for the limits on them. They outlive a restart, or whoever guesses would wait for one.

create table login_attempts (
  -- SHA-256 of the account's name or of the address
  key bytea primary key check (length(key) = 32),
  attempts integer not null check (attempts >= 0),
  since timestamptz not null
);
create index on login_attempts (since);
