// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

namespace kith {

/// What kind of failure it is, for code that reacts to it and for views, which turn it into words.
enum class ErrorCode {
    InvalidRequest,       ///< The request itself is wrong; `wire` says how.
    PermissionDenied,     ///< No or not enough rights.
    NotFound,             ///< No such object.
    UnsupportedPath,      ///< No such endpoint.
    UnsupportedOperation, ///< The endpoint exists, not this operation on it.
    PreconditionFailed,   ///< The object changed since the caller read it.
    WriterTaken,          ///< Another program writes to this file; `where` names it.
    ReadOnly,             ///< The file or folder can't be written.
    NotACore,             ///< The file isn't a Kith core.
    NewerVersion,         ///< The file was written by a newer Kith.
    Damaged,              ///< The file is damaged; `where` names the place.
    DiskFull,             ///< No space left; nothing was written.
    Io,                   ///< Any other failure of the file system.
    BadDocument,          ///< An identity document that can't be read; `where` names the place.
    Cancelled,            ///< The caller gave up.
    TimedOut,
    Unreachable,
    Internal, ///< A defect, or a raw error of the engine (status 500).
};

/// A failure below the door. Values only; copying is cheap enough for a path that is not hot.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    int status = 500;  ///< HTTP status of the answer.
    std::string wire;  ///< The text of the answer, to the letter, as clients match on it (spec/engine.md §0).
    std::string where; ///< The place: a file, a line, a path in a document, who holds the lock. May be empty.
};

/// An error that a handler states itself: status 400, bare text (spec/engine.md §0).
inline Error invalidRequest(std::string wire)
{
    return {ErrorCode::InvalidRequest, 400, std::move(wire), {}};
}

/// A raw error: status 500, wrapped in the list that the real server makes of it (spec/engine.md §0).
inline Error rawError(const std::string &text)
{
    return {ErrorCode::InvalidRequest, 500, "1 error occurred:\n\t* " + text + "\n\n", {}};
}

} // namespace kith
