// SPDX-License-Identifier: Apache-2.0
#include "store/ErrorName.h"

#include <array>

namespace kith {

namespace {

struct Named {
    ErrorCode code;
    std::string_view name;
};

constexpr std::array Names{
    Named{ErrorCode::InvalidRequest, "invalid_request"},
    Named{ErrorCode::PermissionDenied, "permission_denied"},
    Named{ErrorCode::NotFound, "not_found"},
    Named{ErrorCode::UnsupportedPath, "unsupported_path"},
    Named{ErrorCode::UnsupportedOperation, "unsupported_operation"},
    Named{ErrorCode::PreconditionFailed, "precondition_failed"},
    Named{ErrorCode::WriterTaken, "writer_taken"},
    Named{ErrorCode::ReadOnly, "read_only"},
    Named{ErrorCode::NotACore, "not_a_core"},
    Named{ErrorCode::NewerVersion, "newer_version"},
    Named{ErrorCode::Damaged, "damaged"},
    Named{ErrorCode::DiskFull, "disk_full"},
    Named{ErrorCode::Io, "io"},
    Named{ErrorCode::BadDocument, "bad_document"},
    Named{ErrorCode::Cancelled, "cancelled"},
    Named{ErrorCode::TimedOut, "timed_out"},
    Named{ErrorCode::Unreachable, "unreachable"},
    Named{ErrorCode::Internal, "internal"},
};

} // namespace

std::string_view errorName(ErrorCode code)
{
    for (const Named &known : Names)
        if (known.code == code)
            return known.name;
    return "internal";
}

std::optional<ErrorCode> errorByName(std::string_view name)
{
    for (const Named &known : Names)
        if (known.name == name)
            return known.code;
    return std::nullopt;
}

} // namespace kith
