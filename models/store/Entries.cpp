// SPDX-License-Identifier: Apache-2.0
#include "store/Entries.h"

namespace kith::store {

namespace {

std::string placeOf(MountId mount, std::string_view path)
{
    return "entry/" + std::to_string(mount.value) + "/" + std::string(path);
}

/// The least text that is greater than every text with this prefix; empty: there is none.
std::string endOf(std::string_view prefix)
{
    std::string end(prefix);
    while (!end.empty() && static_cast<unsigned char>(end.back()) == 0xFF)
        end.pop_back();
    if (!end.empty())
        ++end.back();
    return end;
}

} // namespace

Result<std::optional<std::string>> Entries::find(std::string_view path) const
{
    Query rows = m_session.query("SELECT value FROM entry WHERE mount = ?1 AND path = ?2", m_mount, Blob{path});
    if (!rows.step())
        return std::optional<std::string>();
    auto value = m_seal.open(rows.blob(0), placeOf(m_mount, path));
    if (!value)
        return value.error();
    return std::optional(std::move(*value));
}

bool Entries::contains(std::string_view path) const
{
    return m_session.integer("SELECT 1 FROM entry WHERE mount = ?1 AND path = ?2", m_mount, Blob{path}).has_value();
}

std::vector<std::string> Entries::paths(std::string_view prefix) const
{
    std::vector<std::string> found;
    const std::string end = endOf(prefix);
    Query rows = end.empty() ? m_session.query("SELECT path FROM entry WHERE mount = ?1 AND path >= ?2 ORDER BY path",
                                               m_mount, Blob{prefix})
                             : m_session.query("SELECT path FROM entry WHERE mount = ?1 AND path >= ?2 AND path < ?3 "
                                               "ORDER BY path",
                                               m_mount, Blob{prefix}, Blob{end});
    while (rows.step())
        found.emplace_back(rows.blob(0));
    return found;
}

std::vector<std::string> Entries::list(std::string_view folder) const
{
    std::vector<std::string> below = paths(folder);
    for (std::string &path : below)
        path.erase(0, folder.size());
    return firstSegments(below);
}

std::vector<std::string> Entries::list(std::string_view folder, std::string_view after, std::int64_t limit) const
{
    std::vector<std::string> names;
    std::string from = std::string(folder) + std::string(after);
    const std::string end = endOf(folder);
    const auto isFull = [&] { return limit > 0 && names.size() >= static_cast<std::size_t>(limit); };
    for (bool more = true; more && !isFull();) {
        Query rows = end.empty()
                         ? m_session.query("SELECT path FROM entry WHERE mount = ?1 AND path >= ?2 ORDER BY path",
                                           m_mount, Blob{from})
                         : m_session.query("SELECT path FROM entry WHERE mount = ?1 AND path >= ?2 AND path < ?3 "
                                           "ORDER BY path",
                                           m_mount, Blob{from}, Blob{end});
        more = false;
        while (!more && !isFull() && rows.step()) {
            const std::string_view rest = rows.blob(0).substr(folder.size());
            const std::string_view name = rest.substr(0, rest.find('/') == rest.npos ? rest.npos : rest.find('/') + 1);
            if (!name.empty() && name != after)
                names.emplace_back(name);
            if (!name.ends_with('/'))
                continue;
            from = endOf(std::string(folder).append(name)); // goes on behind the folder, whatever lies in it
            more = true;
        }
    }
    return names;
}

void Entries::put(std::string_view path, std::string_view value) const
{
    const std::string sealed = m_seal.seal(value, placeOf(m_mount, path));
    m_session.run("INSERT INTO entry (mount, path, value) VALUES (?1, ?2, ?3) "
                  "ON CONFLICT (mount, path) DO UPDATE SET value = excluded.value",
                  m_mount, Blob{path}, Blob{sealed});
}

bool Entries::remove(std::string_view path) const
{
    m_session.run("DELETE FROM entry WHERE mount = ?1 AND path = ?2", m_mount, Blob{path});
    return m_session.changedRows() > 0;
}

void Entries::removeAll(std::string_view prefix) const
{
    for (const std::string &path : paths(prefix))
        remove(path);
}

std::vector<std::string> firstSegments(const std::vector<std::string> &paths)
{
    std::vector<std::string> names;
    for (const std::string &path : paths) {
        const auto slash = path.find('/');
        const std::string_view name = std::string_view(path).substr(0, slash == path.npos ? slash : slash + 1);
        if (!name.empty() && (names.empty() || names.back() != name))
            names.emplace_back(name);
    }
    return names;
}

std::vector<std::string> inScanOrder(const std::vector<std::string> &paths)
{
    std::vector<std::string> found;
    std::vector<std::string> folders{{}};
    while (!folders.empty()) {
        const std::string folder = std::move(folders.back());
        folders.pop_back();
        for (auto path = std::lower_bound(paths.begin(), paths.end(), folder);
             path != paths.end() && path->starts_with(folder); ++path) {
            const auto slash = path->find('/', folder.size());
            if (slash == path->npos)
                found.push_back(*path);
            else if (folders.empty() || folders.back() != path->substr(0, slash + 1))
                folders.push_back(path->substr(0, slash + 1));
        }
    }
    return found;
}

} // namespace kith::store
