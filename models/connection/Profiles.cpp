// SPDX-License-Identifier: Apache-2.0
#include "connection/Profiles.h"

#include "connection/ProfileJson.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QProcessEnvironment>
#include <QSaveFile>
#include <QUuid>

#include <algorithm>

namespace kith::connection {

namespace {

constexpr int LockPatienceMs = 5000;

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

Error fileError(const QFileDevice &file)
{
    return {ErrorCode::Io, 500, file.errorString().toStdString(), file.fileName().toStdString()};
}

bool sameText(const QString &left, const QString &right)
{
    return left.compare(right, Qt::CaseInsensitive) == 0;
}

bool comesBefore(const Profile &left, const Profile &right)
{
    const int folders = left.folder.compare(right.folder, Qt::CaseInsensitive);
    return folders != 0 ? folders < 0 : left.name.compare(right.name, Qt::CaseInsensitive) < 0;
}

/// "a / b/" is "a/b".
QString cleanFolder(const QString &folder)
{
    QStringList parts;
    for (const QString &part : folder.split(QLatin1Char('/'), Qt::SkipEmptyParts))
        if (const QString name = part.trimmed(); !name.isEmpty())
            parts.push_back(name);
    return parts.join(QLatin1Char('/'));
}

QString withoutEndSlashes(QString text)
{
    while (text.endsWith(QLatin1Char('/')))
        text.chop(1);
    while (text.startsWith(QLatin1Char('/')))
        text.remove(0, 1);
    return text;
}

Profile cleaned(Profile profile)
{
    profile.name = profile.name.trimmed();
    profile.folder = cleanFolder(profile.folder);
    profile.address = withoutEndSlashes(profile.address.trimmed());
    profile.nameSpace = withoutEndSlashes(profile.nameSpace.trimmed());
    profile.mount = withoutEndSlashes(profile.mount.trimmed());
    profile.fingerprint = profile.fingerprint.trimmed().toLower();
    profile.colour = profile.colour.toLower();
    if (profile.id.isEmpty())
        profile.id = newId();
    return profile;
}

} // namespace

Profiles::Profiles(QString file, QObject *parent) : QObject(parent), m_file(std::move(file)) {}

QString Profiles::defaultFile()
{
    QString folder = qEnvironmentVariable("XDG_CONFIG_HOME");
    if (!QDir::isAbsolutePath(folder)) // as the specification says
        folder = QDir::homePath() + QStringLiteral("/.config");
    return folder + QStringLiteral("/kith/connections.json");
}

Result<void> Profiles::load()
{
    auto profiles = read();
    if (!profiles)
        return profiles.error();
    m_profiles = std::move(*profiles);
    Q_EMIT changed();
    return {};
}

Result<std::vector<Profile>> Profiles::read() const
{
    QFile file(m_file);
    if (!file.exists())
        return std::vector<Profile>();
    if (!file.open(QIODevice::ReadOnly))
        return fileError(file);
    auto profiles = profilesFromJson(file.readAll());
    if (!profiles) {
        Error error = profiles.error();
        error.where = m_file.toStdString() + (error.where.empty() ? "" : ", " + error.where);
        return error;
    }
    std::sort(profiles->begin(), profiles->end(), comesBefore);
    return profiles;
}

Result<void> Profiles::write() const
{
    QSaveFile file(m_file);
    if (!file.open(QIODevice::WriteOnly))
        return fileError(file);
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(profilesToJson(m_profiles));
    if (!file.commit())
        return fileError(file);
    return {};
}

Result<void> Profiles::change(const std::function<Result<void>()> &what)
{
    const QString folder = QFileInfo(m_file).absolutePath();
    if (!QDir().mkpath(folder))
        return Error{ErrorCode::Io, 500, "the folder can't be made", folder.toStdString()};
    QLockFile lock(m_file + QStringLiteral(".lock"));
    if (!lock.tryLock(LockPatienceMs))
        return Error{ErrorCode::Io, 500, "another program keeps it locked", m_file.toStdString()};
    auto latest = read();
    if (!latest)
        return latest.error();
    std::vector<Profile> before = std::exchange(m_profiles, std::move(*latest));
    auto done = what();
    if (done) {
        std::sort(m_profiles.begin(), m_profiles.end(), comesBefore);
        done = write();
    }
    if (!done)
        m_profiles = std::move(before);
    else
        Q_EMIT changed();
    return done;
}

const Profile *Profiles::find(const QString &id) const
{
    const auto found =
        std::find_if(m_profiles.begin(), m_profiles.end(), [&](const Profile &each) { return each.id == id; });
    return found == m_profiles.end() ? nullptr : &*found;
}

const Profile *Profiles::findNamed(const QString &name) const
{
    const auto called = [&](const Profile &each) {
        return sameText(each.name, name) ||
               (!each.folder.isEmpty() && sameText(each.folder + QLatin1Char('/') + each.name, name));
    };
    const auto found = std::find_if(m_profiles.begin(), m_profiles.end(), called);
    return found == m_profiles.end() ? nullptr : &*found;
}

ProfileProblem Profiles::problem(const Profile &profile) const
{
    const Profile clean = cleaned(profile);
    if (const ProfileProblem problem = problemOf(clean); problem != ProfileProblem::None)
        return problem;
    const bool taken = std::any_of(m_profiles.begin(), m_profiles.end(), [&](const Profile &each) {
        return each.id != clean.id && sameText(each.name, clean.name);
    });
    return taken ? ProfileProblem::NameTaken : ProfileProblem::None;
}

Result<void> Profiles::put(Profile profile)
{
    profile = cleaned(std::move(profile));
    return change([&]() -> Result<void> {
        if (problem(profile) != ProfileProblem::None)
            return invalidRequest("this connection can't be kept as it is");
        const auto same = [&](const Profile &each) { return each.id == profile.id; };
        const auto found = std::find_if(m_profiles.begin(), m_profiles.end(), same);
        if (found == m_profiles.end())
            m_profiles.push_back(profile);
        else
            *found = profile;
        return {};
    });
}

Result<void> Profiles::remove(const QString &id)
{
    return change([&]() -> Result<void> {
        std::erase_if(m_profiles, [&](const Profile &each) { return each.id == id; });
        return {};
    });
}

QByteArray Profiles::exported(const std::vector<QString> &ids) const
{
    std::vector<Profile> chosen;
    for (Profile profile : m_profiles) {
        if (!ids.empty() && std::find(ids.begin(), ids.end(), profile.id) == ids.end())
            continue;
        profile.id.clear(); // it names a place in the keychain of this desktop
        profile.keepToken = false;
        chosen.push_back(std::move(profile));
    }
    return profilesToJson(chosen);
}

Result<int> Profiles::importFrom(const QByteArray &document)
{
    auto imported = profilesFromJson(document);
    if (!imported)
        return imported.error();
    auto done = change([&]() -> Result<void> {
        for (Profile &profile : *imported) {
            profile.id.clear();
            profile = cleaned(std::move(profile));
            const QString name = profile.name;
            for (int number = 2; problem(profile) == ProfileProblem::NameTaken; ++number)
                profile.name = QStringLiteral("%1 %2").arg(name).arg(number);
            m_profiles.push_back(profile);
        }
        return {};
    });
    if (!done)
        return done.error();
    return static_cast<int>(imported->size());
}

std::optional<Profile> Profiles::fromEnvironment(const QProcessEnvironment &environment)
{
    const auto value = [&](const char *name) {
        const QString own = environment.value(QStringLiteral("BAO_") + QLatin1String(name));
        return own.isEmpty() ? environment.value(QStringLiteral("VAULT_") + QLatin1String(name)) : own;
    };
    Profile profile;
    profile.address = withoutEndSlashes(value("ADDR").trimmed());
    if (profile.address.isEmpty())
        return std::nullopt;
    profile.nameSpace = withoutEndSlashes(value("NAMESPACE").trimmed());
    profile.caFile = value("CACERT");
    profile.trust = profile.caFile.isEmpty() ? Trust::System : Trust::CaFile;
    profile.clientCertificate = value("CLIENT_CERT");
    profile.clientKey = value("CLIENT_KEY");
    return profile;
}

QString Profiles::tokenFile()
{
    const QString file = QDir::homePath() + QStringLiteral("/.vault-token");
    return QFileInfo::exists(file) ? file : QString();
}

} // namespace kith::connection
