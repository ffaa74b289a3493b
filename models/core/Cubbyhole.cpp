// SPDX-License-Identifier: Apache-2.0
#include "core/Cubbyhole.h"

#include "store/Entries.h"

namespace kith::core {

using store::Blob;

std::string Cubbyhole::place(std::string_view path) const
{
    const std::string ns = m_ns == RootNamespace ? std::string() : "@" + std::to_string(m_ns.value);
    return "cubbyhole/" + std::to_string(m_token.value) + ns + "/" + std::string(path);
}

Result<std::optional<std::string>> Cubbyhole::find(std::string_view path) const
{
    auto rows = m_session.query("SELECT value FROM cubbyhole WHERE token = ?1 AND path = ?2 AND namespace = ?3",
                                m_token, Blob{path}, m_ns);
    if (!rows.step())
        return std::optional<std::string>();
    auto value = m_seal->open(rows.blob(0), place(path));
    if (!value)
        return value.error();
    return std::optional(std::move(*value));
}

std::vector<std::string> Cubbyhole::list(std::string_view folder) const
{
    std::vector<std::string> paths;
    auto rows =
        m_session.query("SELECT path FROM cubbyhole WHERE token = ?1 AND namespace = ?2 ORDER BY path", m_token, m_ns);
    while (rows.step())
        if (rows.blob(0).starts_with(folder))
            paths.emplace_back(rows.blob(0).substr(folder.size()));
    return store::firstSegments(paths);
}

void Cubbyhole::put(std::string_view path, std::string_view value) const
{
    const std::string sealed = m_seal->seal(value, place(path));
    m_session.run("INSERT INTO cubbyhole (token, namespace, path, value) VALUES (?1, ?4, ?2, ?3) "
                  "ON CONFLICT (token, namespace, path) DO UPDATE SET value = excluded.value",
                  m_token, Blob{path}, Blob{sealed}, m_ns);
}

void Cubbyhole::remove(std::string_view path) const
{
    m_session.run("DELETE FROM cubbyhole WHERE token = ?1 AND path = ?2 AND namespace = ?3", m_token, Blob{path}, m_ns);
}

} // namespace kith::core
