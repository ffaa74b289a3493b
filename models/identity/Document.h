// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Metadata.h"
#include "identity/Problem.h"
#include "store/Clock.h"

#include <boost/json.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::identity {

/// What an identity document says of one object, as values; DOCUMENT.md describes the format. What it doesn't say is
/// not set: an import then leaves it as it is. Names keep their case; policies are in lower case, sorted, each once.
/// `index` is the place in the document's list.
namespace document {

struct Mount {
    std::size_t index = 0;
    std::string path; ///< Without slash at the end, without "auth/".
    std::string type;
    std::string description;
    bool local = false;
};

struct Policy {
    std::size_t index = 0;
    std::string name; ///< In lower case.
    std::string text;
    std::optional<bool> casRequired;
    std::optional<Nanoseconds> expires;
    std::optional<bool> allowSlashes;   ///< In what identity templates fill in.
    std::optional<bool> allowWildcards; ///< The same for * and +.
};

struct Alias {
    std::size_t index = 0;
    std::string mount;    ///< Path of the mount, without slash at the end. Empty: the mount is gone.
    std::string accessor; ///< What is left of a mount that is gone. Empty: there is a mount.
    std::string name;
    StoredMetadata metadata; ///< Set by logins.
    StoredMetadata customMetadata;
};

struct Entity {
    std::size_t index = 0;
    std::string name;
    std::optional<bool> disabled;
    StoredMetadata metadata;
    std::optional<std::vector<std::string>> policies;
    std::vector<Alias> aliases;
};

/// A name in a member list, and its place there.
struct Member {
    std::size_t index = 0;
    std::string name;
};

struct Group {
    std::size_t index = 0;
    std::string name;
    bool external = false;
    StoredMetadata metadata;
    std::optional<std::vector<std::string>> policies;
    std::optional<std::vector<Member>> memberEntities; ///< Each once.
    std::optional<std::vector<Member>> memberGroups;
    std::optional<Alias> alias;
};

} // namespace document

/// An identity document: mounts, policies, entities and groups by name, no ids. Values only.
struct Document {
    std::vector<document::Mount> mounts;
    std::vector<document::Policy> policies;
    std::vector<document::Entity> entities;
    std::vector<document::Group> groups;
    bool adds = false; ///< Lists and metadata are added to what is there (DocumentAddition.h); else they are the whole.

    /// Reads the text of a document (JSON, UTF-8). Finds every problem that needs no core to be seen: syntax, types,
    /// limits, names that stand twice, policies that don't parse. With errors among `problems` the document holds what
    /// could be understood. Whether members exist and whether groups contain themselves is for planImport to find.
    static Document parse(std::string_view bytes, Problems &problems);
    /// The same of JSON that was read already.
    static Document fromJson(const boost::json::value &value, Problems &problems);
};

} // namespace kith::identity
