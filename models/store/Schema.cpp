// SPDX-License-Identifier: Apache-2.0
#include "store/Schema.h"

#include "store/Text.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <array>

namespace kith::store {

namespace {

// Names compare by foldCase(name), kept in name_key. Times are nanoseconds since 1970. Lists of the API that tell
// "never set" (null) from "emptied" ([]) keep a flag for it in `shape` (identity/Groups.h). JSON columns hold an
// object of strings; NULL reads as null.
constexpr const char *version1 = R"sql(
CREATE TABLE namespace (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    suffix TEXT NOT NULL UNIQUE,              -- what ids made inside it end in; empty for the root
    path TEXT NOT NULL UNIQUE);               -- 'team/a/'; empty for the root

CREATE TABLE revision (                       -- one row: rises with every commit that changes identities, so that
    value INTEGER NOT NULL);                  -- a reader can tell which commit its snapshot is of

CREATE TABLE mount (
    id INTEGER PRIMARY KEY,
    namespace INTEGER NOT NULL REFERENCES namespace,
    class TEXT NOT NULL CHECK (class IN ('auth', 'secret')),
    path TEXT NOT NULL,                       -- 'userpass/', without auth/
    type TEXT NOT NULL,
    accessor TEXT NOT NULL UNIQUE,
    uuid TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL DEFAULT '',
    local INTEGER NOT NULL DEFAULT 0,
    seal_wrap INTEGER NOT NULL DEFAULT 0,
    external_entropy INTEGER NOT NULL DEFAULT 0,
    config TEXT NOT NULL DEFAULT '{}',
    options TEXT,
    UNIQUE (namespace, class, path));

CREATE TABLE policy_name (                    -- every name that anything refers to, defined or not
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE);               -- lower case

CREATE TABLE acl_policy (
    namespace INTEGER NOT NULL REFERENCES namespace,
    policy INTEGER NOT NULL REFERENCES policy_name,
    text TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    cas_required INTEGER NOT NULL DEFAULT 0,
    expiration INTEGER,
    options TEXT NOT NULL DEFAULT '{}',       -- allow_slashes_…, allow_wildcards_in_identity_templates
    updated INTEGER NOT NULL,
    PRIMARY KEY (policy, namespace)) WITHOUT ROWID;

CREATE TABLE entity (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    namespace INTEGER NOT NULL REFERENCES namespace,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    disabled INTEGER NOT NULL DEFAULT 0,
    metadata TEXT,
    version INTEGER NOT NULL DEFAULT 1,       -- +1 on each change of it, its aliases or policies
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    UNIQUE (name_key, namespace));

CREATE TABLE entity_policy (
    entity INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    policy INTEGER NOT NULL REFERENCES policy_name,
    PRIMARY KEY (entity, policy)) WITHOUT ROWID;
CREATE INDEX entity_by_policy ON entity_policy (policy, entity);

CREATE TABLE merged_entity (                  -- ids of entities that were merged into another
    uuid TEXT NOT NULL PRIMARY KEY,
    entity INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    position INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX merged_by_entity ON merged_entity (entity, position);

CREATE TABLE entity_alias (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    entity INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    accessor TEXT NOT NULL,                   -- of a mount that may be gone (the alias is orphaned then)
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    metadata TEXT,                            -- set by logins
    custom_metadata TEXT,                     -- set by operators
    merged_from TEXT,                         -- JSON list of entity UUIDs; NULL reads as null
    local INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    UNIQUE (name_key, accessor));
CREATE INDEX alias_by_entity ON entity_alias (entity);

CREATE TABLE identity_group (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    namespace INTEGER NOT NULL REFERENCES namespace,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    external INTEGER NOT NULL DEFAULT 0,
    metadata TEXT,
    shape INTEGER NOT NULL DEFAULT 0,
    modify_index INTEGER NOT NULL DEFAULT 1,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    UNIQUE (name_key, namespace));

CREATE TABLE group_policy (
    grp INTEGER NOT NULL REFERENCES identity_group ON DELETE CASCADE,
    policy INTEGER NOT NULL REFERENCES policy_name,
    PRIMARY KEY (grp, policy)) WITHOUT ROWID;
CREATE INDEX group_by_policy ON group_policy (policy, grp);

CREATE TABLE group_alias (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    grp INTEGER NOT NULL UNIQUE REFERENCES identity_group ON DELETE CASCADE,
    accessor TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    metadata TEXT,
    custom_metadata TEXT,
    merged_from TEXT,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    UNIQUE (name_key, accessor));

CREATE TABLE member_entity (
    grp INTEGER NOT NULL REFERENCES identity_group ON DELETE CASCADE,
    entity INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    joined INTEGER,                           -- external groups: when and by which alias the directory said so
    alias INTEGER,
    PRIMARY KEY (grp, entity)) WITHOUT ROWID;
CREATE INDEX group_by_entity ON member_entity (entity, grp);

CREATE TABLE member_group (
    parent INTEGER NOT NULL REFERENCES identity_group ON DELETE CASCADE,
    child INTEGER NOT NULL REFERENCES identity_group ON DELETE CASCADE,
    PRIMARY KEY (parent, child)) WITHOUT ROWID;
CREATE INDEX parent_by_child ON member_group (child, parent);

INSERT INTO namespace (id, uuid, suffix, path) VALUES (1, 'root', '', '');
INSERT INTO revision (value) VALUES (1);
)sql";

// What kithd adds: keys, sealed values, tokens. All that is secret is sealed (Seal.h) or kept as a digest only.
constexpr const char *version2Keys = R"sql(
CREATE TABLE keyring (                        -- at most one row; none: nobody has given the core its keys yet
    id INTEGER PRIMARY KEY CHECK (id = 1),
    data_key BLOB NOT NULL,                   -- sealed with the root key, which is not in the file
    later_keys BLOB,                          -- of the terms after the first, sealed with the data key
    shares INTEGER NOT NULL DEFAULT 1,        -- of the root key, and how many of them restore it
    threshold INTEGER NOT NULL DEFAULT 1,
    term_begun INTEGER NOT NULL DEFAULT 0);

CREATE TABLE entry (                          -- what mounts keep (Entries.h)
    mount INTEGER NOT NULL REFERENCES mount ON DELETE CASCADE,
    path BLOB NOT NULL,
    value BLOB NOT NULL,                      -- sealed
    PRIMARY KEY (mount, path)) WITHOUT ROWID;

CREATE TABLE setting (                        -- of the core as a whole, by name; JSON
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL) WITHOUT ROWID;
)sql";

constexpr const char *version2Tokens = R"sql(
CREATE TABLE token (                          -- service tokens (auth/Tokens.h)
    id INTEGER PRIMARY KEY AUTOINCREMENT,     -- never given twice: batch tokens name their parent by it
    digest BLOB NOT NULL UNIQUE,              -- of the token, which is nowhere kept (Seal::digest)
    accessor TEXT NOT NULL UNIQUE,
    parent INTEGER REFERENCES token,          -- NULL: an orphan
    policies TEXT NOT NULL,                   -- JSON list
    path TEXT NOT NULL,
    display_name TEXT NOT NULL,
    meta TEXT,
    entity TEXT NOT NULL DEFAULT '',          -- UUID; perhaps of one that is gone, or was merged
    role TEXT NOT NULL DEFAULT '',
    mount INTEGER NOT NULL DEFAULT 0,         -- of the auth method that made it
    uses INTEGER NOT NULL DEFAULT 0,          -- left; 0: without limit, -1: none
    uses_given INTEGER NOT NULL DEFAULT 0,
    ttl INTEGER NOT NULL DEFAULT 0,           -- seconds, as all of these
    explicit_max_ttl INTEGER NOT NULL DEFAULT 0,
    period INTEGER NOT NULL DEFAULT 0,
    renewable INTEGER NOT NULL DEFAULT 0,
    no_identity_policies INTEGER NOT NULL DEFAULT 0,
    cidrs TEXT,                               -- JSON list; NULL: from everywhere
    created INTEGER NOT NULL,
    renewed INTEGER NOT NULL DEFAULT 0,
    expires INTEGER,                          -- NULL: never
    granted INTEGER NOT NULL DEFAULT 0,       -- seconds of life that its making or last renewal gave
    renewal BLOB);                            -- sealed: what its auth method needs to renew it
CREATE INDEX token_by_parent ON token (parent) WHERE parent IS NOT NULL;
CREATE INDEX token_by_expiry ON token (expires) WHERE expires IS NOT NULL;

CREATE TABLE token_role (
    name TEXT NOT NULL PRIMARY KEY,
    settings TEXT NOT NULL) WITHOUT ROWID;    -- JSON, as the API names them
)sql";

constexpr const char *version2Logins = R"sql(
CREATE TABLE locked_user (                    -- who gave too many wrong passwords (auth/Lockouts.h)
    mount INTEGER NOT NULL REFERENCES mount ON DELETE CASCADE,
    alias TEXT NOT NULL,
    failures INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (mount, alias)) WITHOUT ROWID;

CREATE TABLE approle (                        -- roles of approle mounts (auth/AppRoles.h)
    id INTEGER PRIMARY KEY,
    mount INTEGER NOT NULL REFERENCES mount ON DELETE CASCADE,
    name TEXT NOT NULL,                       -- lower case
    role_id TEXT NOT NULL,                    -- no secret: it names the alias
    settings TEXT NOT NULL,                   -- JSON
    UNIQUE (mount, name),
    UNIQUE (mount, role_id));

CREATE TABLE approle_secret (                 -- secret ids, as digests only (auth/SecretIds.h)
    id INTEGER PRIMARY KEY,
    mount INTEGER NOT NULL,                   -- the role's
    role INTEGER NOT NULL REFERENCES approle ON DELETE CASCADE,
    digest BLOB NOT NULL,
    accessor TEXT NOT NULL,
    uses INTEGER NOT NULL,                    -- left; 0: without limit
    ttl INTEGER NOT NULL,                     -- seconds
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    expires INTEGER NOT NULL,                 -- 0: never
    detail TEXT NOT NULL,                     -- JSON: metadata, addresses
    UNIQUE (role, digest),
    UNIQUE (mount, accessor));
CREATE INDEX approle_secret_by_role ON approle_secret (role, accessor);
CREATE INDEX approle_secret_by_expiry ON approle_secret (mount, expires) WHERE expires > 0;
)sql";

constexpr const char *version2Audit = R"sql(
CREATE TABLE audit_device (
    path TEXT NOT NULL PRIMARY KEY,           -- with a slash at its end
    salt BLOB NOT NULL,                       -- of its hashes; sealed
    settings TEXT) WITHOUT ROWID;             -- JSON; NULL: the configuration declares it
)sql";

constexpr const char *version2Secrets = R"sql(
CREATE TABLE remount (                        -- mounts that were moved, by the id that the answer named
    uuid TEXT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    target TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE cubbyhole (                      -- what a token keeps for itself
    token INTEGER NOT NULL REFERENCES token ON DELETE CASCADE,
    path BLOB NOT NULL,
    value BLOB NOT NULL,                      -- sealed
    PRIMARY KEY (token, path)) WITHOUT ROWID;
)sql";

// Namespaces: parts of the core with mounts, identities, policies and tokens of their own.
constexpr const char *version3 = R"sql(
ALTER TABLE namespace RENAME COLUMN uuid TO short_id;      -- 'root', or six letters or digits: as the API calls it
ALTER TABLE namespace ADD COLUMN uuid TEXT NOT NULL DEFAULT '';
ALTER TABLE namespace ADD COLUMN parent INTEGER REFERENCES namespace;
ALTER TABLE namespace ADD COLUMN custom_metadata TEXT NOT NULL DEFAULT '{}';
CREATE INDEX namespace_by_parent ON namespace (parent) WHERE parent IS NOT NULL;

ALTER TABLE token ADD COLUMN namespace INTEGER NOT NULL DEFAULT 1;

-- Most of all is in the root: these find the rest, and cost nothing where there is none.
CREATE INDEX entity_elsewhere ON entity (namespace) WHERE namespace <> 1;
CREATE INDEX group_elsewhere ON identity_group (namespace) WHERE namespace <> 1;
CREATE INDEX token_elsewhere ON token (namespace) WHERE namespace <> 1;

ALTER TABLE token_role RENAME TO token_role_2;
CREATE TABLE token_role (
    namespace INTEGER NOT NULL REFERENCES namespace,
    name TEXT NOT NULL,
    settings TEXT NOT NULL,                   -- JSON, as the API names them
    PRIMARY KEY (namespace, name)) WITHOUT ROWID;
INSERT INTO token_role SELECT 1, name, settings FROM token_role_2;
DROP TABLE token_role_2;

ALTER TABLE cubbyhole RENAME TO cubbyhole_2;
CREATE TABLE cubbyhole (                      -- what a token keeps for itself, in each namespace apart
    token INTEGER NOT NULL REFERENCES token ON DELETE CASCADE,
    namespace INTEGER NOT NULL REFERENCES namespace,
    path BLOB NOT NULL,
    value BLOB NOT NULL,                      -- sealed
    PRIMARY KEY (token, namespace, path)) WITHOUT ROWID;
INSERT INTO cubbyhole SELECT token, 1, path, value FROM cubbyhole_2;
DROP TABLE cubbyhole_2;
)sql";

constexpr const char *version4 = R"sql(
ALTER TABLE locked_user ADD COLUMN known INTEGER NOT NULL DEFAULT 1;   -- 0: nobody has the name
CREATE INDEX locked_guess ON locked_user (last) WHERE known = 0;
CREATE INDEX token_used_up ON token (uses) WHERE uses < 0;
)sql";

constexpr const char *version5 = R"sql(
ALTER TABLE entity_alias ADD COLUMN refreshed INTEGER;   -- when a login or renewal last said which external groups
)sql";

// What logins and renewals changed of external groups; they write nothing here when nothing changes.
constexpr const char *version6 = R"sql(
CREATE TABLE external_change (                -- of each alias, the last one that changed anything
    alias INTEGER PRIMARY KEY REFERENCES entity_alias ON DELETE CASCADE,
    time INTEGER NOT NULL,
    renewal INTEGER NOT NULL);                -- 0: a login

CREATE TABLE external_change_group (          -- and to which groups it did what
    alias INTEGER NOT NULL REFERENCES external_change ON DELETE CASCADE,
    grp INTEGER NOT NULL REFERENCES identity_group ON DELETE CASCADE,
    joined INTEGER NOT NULL,                  -- 0: left
    PRIMARY KEY (alias, grp)) WITHOUT ROWID;
CREATE INDEX external_change_by_group ON external_change_group (grp);

CREATE TABLE last_member (                    -- of each external group, who came or went last
    grp INTEGER PRIMARY KEY REFERENCES identity_group ON DELETE CASCADE,
    alias INTEGER NOT NULL REFERENCES entity_alias ON DELETE CASCADE,
    time INTEGER NOT NULL,
    renewal INTEGER NOT NULL,
    joined INTEGER NOT NULL);
CREATE INDEX last_member_by_alias ON last_member (alias);
)sql";

constexpr const char *version7 = R"sql(
CREATE TABLE visit_token (                    -- tokens that end with the process that made them (auth/VisitTokens.h)
    token INTEGER PRIMARY KEY REFERENCES token ON DELETE CASCADE);
)sql";

void addMount(WriteSession &session, std::string_view mountClass, const std::string &type, std::string_view description)
{
    session.run("INSERT INTO mount (namespace, class, path, type, accessor, uuid, description, local) "
                "VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
                mountClass, (type == "system" ? std::string("sys") : type) + "/", type,
                (mountClass == "auth" ? "auth_" : "") + type + "_" + randomHex(4), newUuid(), description,
                type == "cubbyhole");
}

void createVersion1(WriteSession &session)
{
    session.database().exec(version1);
    addMount(session, "auth", "token", "token based credentials");
    addMount(session, "secret", "cubbyhole", "per-token private secret storage");
    addMount(session, "secret", "identity", "identity store");
    addMount(session, "secret", "system", "system endpoints used for control, policy and debugging");
    session.database().exec("PRAGMA application_id = " + std::to_string(ApplicationId));
}

void createVersion2(WriteSession &session)
{
    for (const char *part : {version2Keys, version2Tokens, version2Logins, version2Audit, version2Secrets})
        session.database().exec(part);
}

void createVersion3(WriteSession &session)
{
    session.database().exec(version3);
    session.run("UPDATE namespace SET uuid = ?", newUuid());
}

void createVersion4(WriteSession &session)
{
    session.database().exec(version4);
}

void createVersion5(WriteSession &session)
{
    session.database().exec(version5);
}

void createVersion6(WriteSession &session)
{
    session.database().exec(version6);
}

void createVersion7(WriteSession &session)
{
    session.database().exec(version7);
}

constexpr std::array allMigrations{Migration{1, createVersion1}, Migration{2, createVersion2},
                                   Migration{3, createVersion3}, Migration{4, createVersion4},
                                   Migration{5, createVersion5}, Migration{6, createVersion6},
                                   Migration{7, createVersion7}};
static_assert(allMigrations.back().version == SchemaVersion);

} // namespace

std::span<const Migration> migrations()
{
    return allMigrations;
}

void migrate(WriteSession &session, const std::filesystem::path &file, std::span<const Migration> steps)
{
    const std::int64_t version = session.integer("PRAGMA user_version").value_or(0);
    if (version >= steps.back().version)
        return;
    if (version > 0)
        session.database().backup((file.string() + ".backup-" + std::to_string(version)).c_str(),
                                  SQLite::Database::BackupType::Save);
    SQLite::Transaction transaction(session.database(), SQLite::TransactionBehavior::EXCLUSIVE);
    for (const Migration &step : steps)
        if (step.version > version)
            step.run(session);
    session.database().exec("PRAGMA user_version = " + std::to_string(steps.back().version));
    transaction.commit();
}

} // namespace kith::store
