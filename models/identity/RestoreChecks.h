// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Metadata.h"
#include "store/Result.h"
#include "store/Session.h"

#include <string>
#include <string_view>

namespace kith::identity {

/// `field` holds something that another object has.
Error taken(const std::string &field, std::string_view value);

/// The same failure, as a bad request that names the field.
Error inField(const std::string &field, const Error &error);

/// Metadata within its limits, or the error with the field's name.
Result<void> checkField(const std::string &field, Result<void> checked);

/// A mount of another namespace brings nobody into this one: a login there would find what is restored here. A mount
/// that is gone may be named in the root, whose aliases outlive their mounts.
Result<void> checkAccessor(store::Session &session, NamespaceId ns, const std::string &field,
                           const std::string &accessor);

/// Times that a view leaves at 0 are those of the write.
Nanoseconds timeOr(Nanoseconds time, const store::WriteSession &session);

} // namespace kith::identity
