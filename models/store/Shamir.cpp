// SPDX-License-Identifier: Apache-2.0
#include "store/Shamir.h"

#include "store/Seal.h"

#include <array>
#include <cstdint>
#include <stdexcept>

namespace kith::store {

namespace {

constexpr int MaxShares = 255; // as many points as there are besides zero, where the secret lies

/// The product in GF(256): shifts and masks only, so that its time tells nothing.
std::uint8_t times(std::uint8_t left, std::uint8_t right)
{
    unsigned product = 0;
    unsigned shifted = left;
    for (unsigned bit = 0; bit < 8; ++bit) {
        product ^= shifted & (0U - ((right >> bit) & 1U));
        shifted = (shifted << 1U) ^ (0x11bU & (0U - ((shifted >> 7U) & 1U)));
    }
    return static_cast<std::uint8_t>(product);
}

/// The inverse: the power 254, since the power 255 is 1.
std::uint8_t inverse(std::uint8_t value)
{
    std::uint8_t result = 1;
    std::uint8_t power = value;
    for (int bit = 1; bit < 8; ++bit) {
        power = times(power, power);
        result = times(result, power);
    }
    return result;
}

std::uint8_t byteOf(std::string_view text, std::size_t index)
{
    return static_cast<std::uint8_t>(text[index]);
}

/// `count` different points, none of them zero, in random order.
std::vector<std::uint8_t> randomPoints(int count)
{
    std::array<std::uint8_t, MaxShares> all{};
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = static_cast<std::uint8_t>(i + 1);
    std::vector<std::uint8_t> points;
    for (std::size_t left = all.size(); points.size() < static_cast<std::size_t>(count);) {
        // Points are no secret; they only should not be the same for everybody.
        const std::size_t chosen = byteOf(randomBytes(1), 0) % left;
        points.push_back(all[chosen]);
        all[chosen] = all[--left];
    }
    return points;
}

} // namespace

std::string whyNotShareable(const KeyShares &shares)
{
    if (shares.count < 1)
        return "shares must be at least one";
    if (shares.threshold < 1)
        return "threshold must be at least one";
    if (shares.count > 1 && shares.threshold == 1)
        return "threshold must be greater than one for multiple shares";
    if (shares.count > MaxShares)
        return "shares must be less than 256";
    if (shares.threshold > shares.count)
        return "threshold cannot be larger than shares";
    return {};
}

std::vector<std::string> splitSecret(std::string_view secret, const KeyShares &shares)
{
    if (!whyNotShareable(shares).empty())
        throw std::logic_error("a secret can't be shared so");
    if (shares.count == 1)
        return {std::string(secret)};
    const std::vector<std::uint8_t> points = randomPoints(shares.count);
    std::vector<std::string> parts(points.size(), std::string(secret.size() + 1, '\0'));
    for (std::size_t i = 0; i < points.size(); ++i)
        parts[i].back() = static_cast<char>(points[i]);
    const auto degree = static_cast<std::size_t>(shares.threshold - 1);
    for (std::size_t place = 0; place < secret.size(); ++place) {
        std::string coefficients = randomBytes(degree);
        for (std::size_t i = 0; i < points.size(); ++i) {
            std::uint8_t value = 0; // Horner's rule, from the highest power down
            for (std::size_t power = degree; power-- > 0;)
                value = times(static_cast<std::uint8_t>(value ^ byteOf(coefficients, power)), points[i]);
            parts[i][place] = static_cast<char>(value ^ byteOf(secret, place));
        }
        wipe(coefficients);
    }
    return parts;
}

Result<std::string> combineShares(const std::vector<std::string> &shares)
{
    if (shares.size() < 2)
        return invalidRequest("less than two parts cannot be used to reconstruct the secret");
    const std::size_t length = shares.front().size();
    if (length < 2)
        return invalidRequest("parts must be at least two bytes");
    for (std::size_t i = 0; i < shares.size(); ++i) {
        if (shares[i].size() != length)
            return invalidRequest("all parts must be the same length");
        for (std::size_t j = 0; j < i; ++j)
            if (shares[i].back() == shares[j].back())
                return invalidRequest("duplicate part detected");
    }
    std::string secret(length - 1, '\0');
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const std::uint8_t point = byteOf(shares[i], length - 1);
        std::uint8_t weight = 1; // Lagrange's, at zero
        for (std::size_t j = 0; j < shares.size(); ++j) {
            const std::uint8_t other = byteOf(shares[j], length - 1);
            if (j != i)
                weight = times(weight, times(other, inverse(static_cast<std::uint8_t>(other ^ point))));
        }
        for (std::size_t place = 0; place < secret.size(); ++place)
            secret[place] = static_cast<char>(byteOf(secret, place) ^ times(weight, byteOf(shares[i], place)));
    }
    return secret;
}

} // namespace kith::store
