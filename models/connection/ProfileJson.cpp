// SPDX-License-Identifier: Apache-2.0
#include "connection/ProfileJson.h"

#include "connection/ProfileCheck.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>

namespace kith::connection {

namespace {

constexpr int Version = 1;

template <class Enum, std::size_t Count>
using Words = std::array<std::pair<Enum, const char *>, Count>;

constexpr Words<Trust, 3> Trusts{{{Trust::System, "system"}, {Trust::CaFile, "ca_file"}, {Trust::Pinned, "pinned"}}};
constexpr Words<ProxyUse, 2> Proxies{{{ProxyUse::System, "system"}, {ProxyUse::None, "none"}}};
constexpr Words<SignInMethod, 4> Methods{{{SignInMethod::Token, "token"},
                                          {SignInMethod::Userpass, "userpass"},
                                          {SignInMethod::AppRole, "approle"},
                                          {SignInMethod::UserAndPassword, "user_and_password"}}};

/// Carries a profile's fields from or to an object: each is named once, for both ways.
class Writing
{
public:
    void text(const char *name, const QString &value)
    {
        if (!value.isEmpty())
            object[QLatin1String(name)] = value;
    }
    void flag(const char *name, bool value)
    {
        if (value)
            object[QLatin1String(name)] = true;
    }
    template <class Enum, std::size_t Count>
    void word(const char *name, Enum value, const Words<Enum, Count> &words)
    {
        for (const auto &[known, word] : words)
            if (known == value)
                object[QLatin1String(name)] = QLatin1String(word);
    }
    void number(const char *name, int value) { object[QLatin1String(name)] = value; }

    QJsonObject object;
};

class Reading
{
public:
    explicit Reading(QJsonObject from) : object(std::move(from)) {}

    void text(const char *name, QString &value)
    {
        const QJsonValue found = object.value(QLatin1String(name));
        wrong = wrong || !(found.isString() || found.isUndefined());
        value = found.toString();
    }
    void flag(const char *name, bool &value)
    {
        const QJsonValue found = object.value(QLatin1String(name));
        wrong = wrong || !(found.isBool() || found.isUndefined());
        value = found.toBool();
    }
    template <class Enum, std::size_t Count>
    void word(const char *name, Enum &value, const Words<Enum, Count> &words)
    {
        const QJsonValue found = object.value(QLatin1String(name));
        if (found.isUndefined())
            return;
        for (const auto &[known, word] : words) {
            if (found.toString() == QLatin1String(word)) {
                value = known;
                return;
            }
        }
        wrong = true;
    }
    void number(const char *name, int &value)
    {
        const QJsonValue found = object.value(QLatin1String(name));
        if (!found.isUndefined())
            value = found.toInt();
    }

    QJsonObject object;
    bool wrong = false;
};

template <class Way, class ProfileOf>
void carry(Way &way, ProfileOf &profile)
{
    way.text("id", profile.id);
    way.text("folder", profile.folder);
    way.text("name", profile.name);
    way.text("colour", profile.colour);
    way.flag("production", profile.production);
    way.flag("read_only", profile.readOnly);
    way.text("address", profile.address);
    way.text("namespace", profile.nameSpace);
    way.word("trust", profile.trust, Trusts);
    way.text("ca_file", profile.caFile);
    way.text("fingerprint", profile.fingerprint);
    way.text("client_certificate", profile.clientCertificate);
    way.text("client_key", profile.clientKey);
    way.word("proxy", profile.proxy, Proxies);
    way.number("timeout_seconds", profile.timeoutSeconds);
    way.word("sign_in", profile.method, Methods);
    way.text("mount", profile.mount);
    way.text("user", profile.user);
    way.flag("keep_token", profile.keepToken);
}

Error badDocument(const std::string &what, const std::string &where = {})
{
    return {ErrorCode::BadDocument, 400, what, where};
}

} // namespace

QByteArray profilesToJson(const std::vector<Profile> &profiles)
{
    QJsonArray list;
    for (const Profile &profile : profiles) {
        Writing writing;
        carry(writing, profile);
        list.append(writing.object);
    }
    return QJsonDocument(
               QJsonObject{{QStringLiteral("kith_connections"), Version}, {QStringLiteral("connections"), list}})
        .toJson();
}

Result<std::vector<Profile>> profilesFromJson(const QByteArray &document)
{
    QJsonParseError error;
    const QJsonObject root = QJsonDocument::fromJson(document, &error).object();
    if (error.error != QJsonParseError::NoError)
        return badDocument(error.errorString().toStdString(), "byte " + std::to_string(error.offset));
    const int version = root[QLatin1String("kith_connections")].toInt();
    if (version > Version)
        return Error{ErrorCode::NewerVersion, 400, "written by a later Kith", {}};
    if (version != Version || !root[QLatin1String("connections")].isArray())
        return badDocument("not a list of connections");
    std::vector<Profile> profiles;
    for (const auto &value : root[QLatin1String("connections")].toArray()) {
        Reading reading(value.toObject());
        Profile profile;
        carry(reading, profile);
        if (reading.wrong || problemOf(profile) != ProfileProblem::None)
            return badDocument("this connection can't be understood",
                               profile.name.isEmpty() ? "connection " + std::to_string(profiles.size() + 1)
                                                      : profile.name.toStdString());
        profiles.push_back(std::move(profile));
    }
    return profiles;
}

} // namespace kith::connection
