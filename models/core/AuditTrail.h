// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Caller.h"
#include "core/Request.h"
#include "store/Result.h"

#include <string>
#include <vector>

namespace kith::core {

/// What the rules said.
struct AuditVerdict {
    bool allowed = false;
    std::vector<std::string> policies; ///< Those that allowed it.
};

/// What the door tells of a request, and then of its answer. Valid during the call only.
struct AuditEvent {
    const Request &request;
    const std::string &requestId;
    const Caller &caller;        ///< Without a token: nobody, or somebody who was turned away.
    const AuditVerdict *verdict; ///< Null: nobody asked the rules.
    const std::string *refusal;  ///< What the request is refused with before it is carried out; null: it isn't.
    const Response *response;    ///< Null: the request, before anything is done.
};

/// Told of every request before it is carried out and of every answer before it is given (spec/engine.md §13).
/// Called by many threads.
class AuditTrail
{
public:
    virtual ~AuditTrail() = default;
    /// An Error: nobody accepted the record, so the request must not go on, or its answer not be given.
    virtual Result<void> record(const AuditEvent &event) = 0;
    /// Nobody is there to accept records, and none is wanted.
    virtual bool isOff() { return false; }
};

} // namespace kith::core
