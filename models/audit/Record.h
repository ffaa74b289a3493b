// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "audit/Hasher.h"

#include <boost/json.hpp>

#include <set>
#include <string>

namespace kith::audit {

/// Keys whose values a mount wants to stay readable, at any depth (`audit_non_hmac_request_keys`).
using ClearKeys = std::set<std::string, std::less<>>;

/// One record as it is known, with every secret in it; what a device writes of it is up to its options. The parts have
/// the names and places that they have on the wire (spec/engine.md §13); null: left out.
struct Record {
    std::string time; ///< RFC 3339.
    std::string type; ///< "request" or "response".
    boost::json::object auth;
    boost::json::object request;
    boost::json::value response; ///< An object, or null.
    std::string error;
    ClearKeys clearRequestKeys = {};
    ClearKeys clearResponseKeys = {};
    std::set<std::string, std::less<>> hashedHeaders = {}; ///< Of those in request.headers.
};

/// How a device writes.
struct Writing {
    bool raw = false;          ///< Nothing is hashed.
    bool hashAccessors = true; ///< Accessors, too.
    bool elideLists = false;   ///< How many keys a list gave, not which.
    std::string prefix;        ///< Stands before each line.
};

/// The record as one line, with its newline.
std::string toLine(const Record &record, const Writing &writing, const Hasher &hasher);

} // namespace kith::audit
