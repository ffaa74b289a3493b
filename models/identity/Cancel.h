// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"

#include <atomic>

namespace kith::identity {

/// Whether who asks wants no answer any more; null: they wait for it.
inline bool isCancelled(const std::atomic<bool> *cancel)
{
    return cancel && cancel->load(std::memory_order_relaxed);
}

/// What they are told then.
inline Error cancelled()
{
    return {ErrorCode::Cancelled, 499, "cancelled", {}};
}

} // namespace kith::identity
