// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/ProfileCheck.h"
#include "store/Result.h"

#include <QObject>

#include <functional>
#include <optional>
#include <vector>

class QProcessEnvironment;

namespace kith::connection {

/// The connections that the person keeps, in one small JSON file without secrets. Every change reads the file again
/// before it writes, so that two programs don't lose each other's. Belongs to the thread that made it.
class Profiles : public QObject
{
    Q_OBJECT
public:
    explicit Profiles(QString file = defaultFile(), QObject *parent = nullptr);

    /// $XDG_CONFIG_HOME/kith/connections.json, else below ~/.config.
    static QString defaultFile();
    const QString &file() const { return m_file; }

    /// Reads the file; one that isn't there has none. BadDocument, NewerVersion, Io: nothing is known then, and
    /// nothing will be written over it.
    Result<void> load();

    /// By folder, then by name.
    const std::vector<Profile> &all() const { return m_profiles; }
    const Profile *find(const QString &id) const;
    /// By its name in any case, or by "folder/name" where that is needed; null: none.
    const Profile *findNamed(const QString &name) const;
    ProfileProblem problem(const Profile &profile) const;

    /// Adds it, or puts it into the place of the one with its id. InvalidRequest: there is a problem with it.
    Result<void> put(Profile profile);
    Result<void> remove(const QString &id);

    /// A document for another machine or person: profiles without secrets. Empty `ids`: all.
    QByteArray exported(const std::vector<QString> &ids = {}) const;
    /// Adds the document's profiles under new ids; a name that is taken gets a number. How many. BadDocument.
    Result<int> importFrom(const QByteArray &document);

    /// What the environment tells about a server, as the command line of Vault and OpenBao reads it: BAO_ADDR before
    /// VAULT_ADDR, …_NAMESPACE, …_CACERT, …_CLIENT_CERT, …_CLIENT_KEY. Without an address: nothing. It has no id.
    static std::optional<Profile> fromEnvironment(const QProcessEnvironment &environment);
    /// Where the command line leaves its token (~/.vault-token), if that file is there.
    static QString tokenFile();

Q_SIGNALS:
    void changed();

private:
    /// Reads the file, changes what was read, writes it; all under a lock.
    Result<void> change(const std::function<Result<void>()> &what);
    Result<std::vector<Profile>> read() const;
    Result<void> write() const;

    QString m_file;
    std::vector<Profile> m_profiles;
};

} // namespace kith::connection
