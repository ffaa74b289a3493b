// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace kith::identity {

/// Whether memberships and the search index are read into memory in the background from the start, for whoever shows,
/// searches and explains all day. Otherwise memberships are read from SQLite each time, and the index is built when it
/// is first asked: a server that holds a million entities needs neither for most requests.
enum class ReadAhead { Yes, No };

} // namespace kith::identity
