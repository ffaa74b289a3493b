// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Ids.h"
#include "store/Seal.h"
#include "store/Session.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::store {

/// What a mount keeps of its own (users, roles, configurations, secrets): sealed values under paths, which are clear.
/// They go with their mount. A view of a session; as cheap to make as it looks.
class Entries
{
public:
    Entries(Session &session, const Seal &seal, MountId mount) : m_session(session), m_seal(seal), m_mount(mount) {}

    /// Nothing: there is no such entry. Damaged: it can't be opened.
    Result<std::optional<std::string>> find(std::string_view path) const;
    bool contains(std::string_view path) const;
    /// What stands directly below `folder` ("users/"), sorted: names, and folders with a slash at their end.
    std::vector<std::string> list(std::string_view folder) const;
    /// The same, of what comes after the name `after` at most `limit` (0: all); the cost follows what is returned.
    std::vector<std::string> list(std::string_view folder, std::string_view after, std::int64_t limit) const;
    /// Every path that begins with `prefix`, sorted, whole.
    std::vector<std::string> paths(std::string_view prefix) const;

    // Writing: the session must be one that writes.
    void put(std::string_view path, std::string_view value) const;
    bool remove(std::string_view path) const; ///< False: there was none.
    void removeAll(std::string_view prefix) const;

private:
    Session &m_session;
    const Seal &m_seal;
    MountId m_mount;
};

/// The first segments of sorted paths, each once, a folder with its slash: "a/b", "a/c", "d" -> "a/", "d".
std::vector<std::string> firstSegments(const std::vector<std::string> &paths);

/// Sorted paths in the order in which the real server scans them: what stands at the top first, then folder by folder,
/// the last one first.
std::vector<std::string> inScanOrder(const std::vector<std::string> &paths);

} // namespace kith::store
