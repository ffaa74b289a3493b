// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace kith::connection {

/// Whether a question may wait in a connection behind others that aren't answered yet, and others behind it (HTTP
/// pipelining): for many that are short. Not for one that somebody looks at, nor for one whose answer may be long.
enum class Turn { Own, Shared };

} // namespace kith::connection
