// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "policy/Capability.h"
#include "store/Clock.h"
#include "store/Result.h"

#include <boost/json.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::policy {

/// Lower-cased parameter -> the values that it names; no values: any. Numbers in it never equal anything.
using ParameterRules = std::map<std::string, std::vector<boost::json::value>, std::less<>>;

/// What a rule grants, and under which conditions. Source: spec/engine.md §9.1, §9.3.
struct Grant {
    Capabilities capabilities; ///< `deny` stands alone.
    std::optional<ParameterRules> allowedParameters;
    std::optional<ParameterRules> deniedParameters;
    std::vector<std::string> requiredParameters; ///< Lower-cased, sorted.
    std::vector<std::string> mfaMethods;         ///< Sorted; they block nothing.
    Nanoseconds minWrappingTtl = 0;              ///< 0: none.
    Nanoseconds maxWrappingTtl = 0;              ///< 0: none.
    std::int64_t paginationLimit = 0;            ///< 0: none.
    std::string responseKeysFilterPath;          ///< Template over the keys of a list; empty: none.
    bool controlGroup = false;                   ///< A control_group stands in the rule; it is not enforced.
};

/// One `path` stanza.
struct PathRule {
    std::string path;        ///< Without its first slash; with its `*` and `+`; perhaps a template.
    bool templated = false;  ///< Holds `{{…}}`, to be rendered for each request (policy/Template.h).
    int line = 0;            ///< Where the stanza begins in the text, from 1.
    Nanoseconds expires = 0; ///< From then on the stanza is ignored; 0: never.
    std::string comment;
    Grant grant;
};

/// A parsed policy. A value: parse once, share as std::shared_ptr<const Policy>.
struct Policy {
    std::string name; ///< Lower case; given by whoever parses it.
    std::vector<PathRule> rules;
    bool allowSlashes = false;   ///< Rendered values may hold `/` (allow_slashes_in_identity_templates).
    bool allowWildcards = false; ///< Rendered values may hold `*` and `+`, which then act as wildcards.
};

/// Parses the text of a policy, HCL or JSON. Stanzas that have expired at `now` are left out, whatever else they say.
/// Fails with InvalidRequest; `wire` is the real server's text
/// (`failed to parse policy: …`). Safe on any bytes: time and memory grow with the length of the text, and depth is
/// bounded. Source: spec/engine.md §9.1.
Result<Policy> parsePolicy(std::string_view text, Nanoseconds now = 0);

} // namespace kith::policy
