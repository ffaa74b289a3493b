// SPDX-License-Identifier: Apache-2.0
// The mounts that an identity document speaks of, and other names for them. Functions only, any thread.
#pragma once

#include "store/Result.h"

#include <string>
#include <utility>
#include <vector>

namespace kith::connection {

/// A mount as a document has it.
struct DocumentMount {
    std::string path; ///< Without slash at the end.
    std::string type; ///< Empty: only aliases name it.
    int aliases = 0;  ///< Of people and groups.
    friend bool operator==(const DocumentMount &, const DocumentMount &) = default;
};

/// Those that somebody logs in at, by path. BadDocument as store::fromJson; what isn't a list or a name is passed over.
Result<std::vector<DocumentMount>> mountsIn(const std::string &document);

/// What a mount is called, and what it is to be called.
using MountNames = std::vector<std::pair<std::string, std::string>>;

/// The document with other names: in the list of mounts, where each is listed once, and in every alias.
/// InvalidRequest: nothing in it has to do with one of them.
Result<std::string> withMountNames(const std::string &document, const MountNames &names);

} // namespace kith::connection
