// SPDX-License-Identifier: Apache-2.0
#include "core/ShareCollector.h"

#include "store/Base64.h"

#include <algorithm>

namespace kith::core {

namespace {

constexpr std::size_t MinShare = 16;
constexpr std::size_t MaxShare = store::SecretKey::Size + 1; // the point comes after the bytes

} // namespace

bool ShareCollector::add(std::string share)
{
    if (std::any_of(m_shares.begin(), m_shares.end(),
                    [&](const std::string &known) { return store::equalSecrets(known, share); })) {
        store::wipe(share);
        return false;
    }
    m_shares.push_back(std::move(share));
    return true;
}

Result<std::string> ShareCollector::combine(int threshold)
{
    Result<std::string> secret =
        threshold == 1 && !m_shares.empty() ? Result<std::string>(m_shares.front()) : store::combineShares(m_shares);
    clear();
    return secret;
}

void ShareCollector::clear()
{
    for (std::string &share : m_shares)
        store::wipe(share);
    m_shares.clear();
}

Result<std::string> decodeShare(std::string_view text)
{
    if (auto bytes = store::fromHex(text); bytes && bytes->size() >= MinShare && bytes->size() <= MaxShare)
        return std::move(*bytes);
    if (auto bytes = store::fromBase64(text)) // [Q] what would be no share as hex is base64
        return std::move(*bytes);
    return invalidRequest("'key' must be a valid hex or base64 string");
}

std::string whyNoShare(std::string_view share)
{
    if (share.size() < MinShare)
        return "key is shorter than minimum " + std::to_string(MinShare) + " bytes";
    if (share.size() > MaxShare)
        return "key is longer than maximum " + std::to_string(MaxShare) + " bytes";
    return {};
}

Result<store::SecretKey> toRootKey(std::string &secret)
{
    if (secret.size() != store::SecretKey::Size) {
        store::wipe(secret);
        return Error{ErrorCode::Damaged, 400, std::string(WrongKey), {}};
    }
    const store::SecretKey key(secret);
    store::wipe(secret);
    return key;
}

} // namespace kith::core
