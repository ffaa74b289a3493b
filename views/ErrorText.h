// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Request.h"
#include "store/Result.h"

#include <QString>

namespace kith::views {

/// The failure as a sentence for people, with the place where there is one. Texts of the wire that are not known here
/// are shown as they are.
QString errorText(const Error &error);

/// An answer with an error status as an Error: code from the status, the answer's texts as `wire`.
Error errorOf(const core::Response &response);
/// Of an answer that isn't what was asked for: what kept it from coming, or what it says.
Error errorOf(const Result<core::Response> &answer);

} // namespace kith::views
