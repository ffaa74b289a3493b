// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith::server {

/// The two parts of a request's target; of an absolute one ("http://host/path") without the host.
struct Target {
    std::string_view path;
    std::string_view query; ///< Without the question mark.
};
Target splitTarget(std::string_view target);

/// Names and values in the order of the text. A pair that can't be read (a bad escape, or a semicolon) is left out,
/// and `clean` is false then.
struct Pairs {
    std::vector<std::pair<std::string, std::string>> list;
    bool clean = true;
};
Pairs readPairs(std::string_view text);

/// The first value of a name; empty if there is none.
std::string_view first(const Pairs &pairs, std::string_view name);

/// The shortest path that means the same, without empty, `.` and `..` segments; a slash at the end stays.
std::string cleanPath(std::string_view path);

/// Whether a segment of a decoded path is `.` or `..`.
bool isRelative(std::string_view path);

} // namespace kith::server
