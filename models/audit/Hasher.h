// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Seal.h"

#include <boost/json.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace kith::audit {

/// Makes of secrets what may stand in a record: `hmac-sha256:` and the HMAC with the salt of a device, so that records
/// can be searched for what is known and tell nothing else. Immutable and thread-safe.
class Hasher
{
public:
    explicit Hasher(const store::SecretKey &salt);
    ~Hasher();
    Hasher(const Hasher &) = delete;
    Hasher &operator=(const Hasher &) = delete;

    std::string hash(std::string_view text) const;

private:
    struct Keyed;
    std::unique_ptr<Keyed> m_keyed;
};

} // namespace kith::audit
