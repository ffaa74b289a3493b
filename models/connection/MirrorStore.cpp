// SPDX-License-Identifier: Apache-2.0
#include "connection/MirrorStore.h"

#include "connection/Conversions.h"
#include "connection/MirrorWriter.h"
#include "identity/Entities.h"
#include "identity/Groups.h"
#include "store/Text.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <cerrno>
#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

namespace kith::connection {

namespace {

const QLatin1String Prefix("mirror-");

/// Where nobody else can look, and what is gone after the session: $XDG_RUNTIME_DIR/kith.
QString runtimeFolder()
{
    const QString base = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    return base.isEmpty() ? QString() : base + QStringLiteral("/kith");
}

bool isAlive(pid_t process)
{
    return kill(process, 0) == 0 || errno != ESRCH;
}

/// Mirrors of programs that were killed.
void removeAbandoned(const QString &folder)
{
    for (const QString &name : QDir(folder).entryList({Prefix + u'*'}, QDir::Dirs)) {
        bool number = false;
        const int process = name.section(u'-', 1, 1).toInt(&number);
        if (number && process > 0 && !isAlive(process))
            QDir(folder + u'/' + name).removeRecursively();
    }
}

Error cannot(const QString &folder)
{
    return {ErrorCode::Io, 500, "there is no private folder for the mirror", toStd(folder)};
}

} // namespace

bool MirrorBatch::empty() const
{
    return entities.empty() && groups.empty() && goneEntities.empty() && goneGroups.empty() && policies.empty() &&
           !mounts && !entityList && !groupList && !policyNames && ways.empty() && changes.empty() &&
           lastMembers.empty();
}

Result<std::unique_ptr<MirrorStore>> MirrorStore::create()
{
    const QString base = runtimeFolder();
    if (base.isEmpty() || !QDir().mkpath(base))
        return cannot(base);
    removeAbandoned(base);
    std::unique_ptr<MirrorStore> mirror(new MirrorStore);
    mirror->m_folder =
        base + u'/' + Prefix + QStringLiteral("%1-%2").arg(getpid()).arg(QString::fromStdString(randomHex(6)));
    if (mkdir(QFile::encodeName(mirror->m_folder).constData(), S_IRWXU) != 0)
        return cannot(mirror->m_folder);
    core::CoreOptions options;
    options.file.file = toStd(mirror->m_folder) + "/core.db";
    options.file.durability = store::Durability::None;
    options.file.program = "kith (a mirror)";
    options.rootToken = randomHex(16);
    mirror->m_token = options.rootToken;
    auto core = core::Core::open(std::move(options));
    if (!core)
        return core.error();
    mirror->m_core = std::move(*core);
    for (const QString &name : QDir(mirror->m_folder).entryList(QDir::Files | QDir::Hidden))
        QFile::setPermissions(mirror->m_folder + u'/' + name, QFile::ReadOwner | QFile::WriteOwner);
    return mirror;
}

MirrorStore::~MirrorStore()
{
    m_core.reset();
    if (!m_folder.isEmpty())
        QDir(m_folder).removeRecursively();
}

core::Response MirrorStore::ask(core::Request request)
{
    request.token = m_token;
    request.ns.clear();
    return m_core->handle(request);
}

Result<void> MirrorStore::write(const MirrorBatch &batch)
{
    if (batch.empty())
        return {};
    return m_core->store().write([&](store::WriteSession &session) -> Result<void> {
        const std::lock_guard lock(m_mutex);
        MirrorWriter(session, m_entities, m_groups).run(batch);
        return {};
    });
}

static std::vector<std::string> wholeOnes(const MirrorStore::KnownObjects &objects)
{
    std::vector<std::string> uuids;
    for (const auto &[uuid, known] : objects)
        if (known.whole)
            uuids.push_back(uuid);
    return uuids;
}

bool MirrorStore::hasReadEntity(const std::string &uuid) const
{
    const std::lock_guard lock(m_mutex);
    const auto known = m_entities.find(uuid);
    return known != m_entities.end() && known->second.whole;
}

std::vector<std::string> MirrorStore::readEntities() const
{
    const std::lock_guard lock(m_mutex);
    return wholeOnes(m_entities);
}

std::vector<std::string> MirrorStore::readGroups() const
{
    const std::lock_guard lock(m_mutex);
    return wholeOnes(m_groups);
}

bool MirrorStore::hasReadGroup(const std::string &uuid) const
{
    const std::lock_guard lock(m_mutex);
    const auto known = m_groups.find(uuid);
    return known != m_groups.end() && known->second.whole;
}

std::optional<identity::EntityView> MirrorStore::entity(const std::string &uuid)
{
    auto found = m_core->store().read([&](store::Session &session) -> Result<std::optional<identity::EntityView>> {
        const auto id = identity::entityByUuid(session, RootNamespace, uuid);
        return id ? identity::readEntity(session, *id) : std::nullopt;
    });
    return found ? std::move(*found) : std::nullopt;
}

std::optional<identity::GroupView> MirrorStore::group(const std::string &uuid)
{
    auto found = m_core->store().read([&](store::Session &session) -> Result<std::optional<identity::GroupView>> {
        const auto id = identity::groupByUuid(session, RootNamespace, uuid);
        return id ? identity::readGroup(session, *id) : std::nullopt;
    });
    return found ? std::move(*found) : std::nullopt;
}

std::string MirrorStore::ownerOfAlias(const std::string &uuid)
{
    const auto found = m_core->store().read([&](store::Session &session) -> Result<std::string> {
        return session.text("SELECT e.uuid FROM entity_alias a JOIN entity e ON e.id = a.entity WHERE a.uuid = ?", uuid)
            .value_or("");
    });
    return found ? *found : std::string();
}

std::string MirrorStore::ownerOfGroupAlias(const std::string &uuid)
{
    const auto found = m_core->store().read([&](store::Session &session) -> Result<std::string> {
        return session
            .text("SELECT g.uuid FROM group_alias a JOIN identity_group g ON g.id = a.grp WHERE a.uuid = ?", uuid)
            .value_or("");
    });
    return found ? *found : std::string();
}

std::optional<std::int64_t> MirrorStore::entityVersion(const std::string &uuid)
{
    auto found = m_core->store().read([&](store::Session &session) -> Result<std::optional<std::int64_t>> {
        return session.integer("SELECT version FROM entity WHERE uuid = ?", uuid);
    });
    return found ? *found : std::nullopt;
}

} // namespace kith::connection
