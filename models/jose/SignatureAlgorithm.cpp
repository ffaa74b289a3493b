// SPDX-License-Identifier: Apache-2.0
#include "jose/SignatureAlgorithm.h"

namespace kith::jose {

namespace {

using Algorithm = SignatureAlgorithm;

struct Traits {
    Algorithm algorithm;
    std::string_view name;
    KeyKind kind;
    std::string_view curve;
    const char *digest;
    std::size_t coordinate;
};

constexpr std::array Table{Traits{Algorithm::Rs256, "RS256", KeyKind::Rsa, "", "SHA256", 0},
                           Traits{Algorithm::Rs384, "RS384", KeyKind::Rsa, "", "SHA384", 0},
                           Traits{Algorithm::Rs512, "RS512", KeyKind::Rsa, "", "SHA512", 0},
                           Traits{Algorithm::Ps256, "PS256", KeyKind::Rsa, "", "SHA256", 0},
                           Traits{Algorithm::Ps384, "PS384", KeyKind::Rsa, "", "SHA384", 0},
                           Traits{Algorithm::Ps512, "PS512", KeyKind::Rsa, "", "SHA512", 0},
                           Traits{Algorithm::Es256, "ES256", KeyKind::Ec, "P-256", "SHA256", 32},
                           Traits{Algorithm::Es384, "ES384", KeyKind::Ec, "P-384", "SHA384", 48},
                           Traits{Algorithm::Es512, "ES512", KeyKind::Ec, "P-521", "SHA512", 66},
                           Traits{Algorithm::EdDsa, "EdDSA", KeyKind::Ed25519, "Ed25519", nullptr, 0}};
static_assert(Table.size() == AllSignatureAlgorithms.size());

const Traits &traits(Algorithm algorithm)
{
    return Table.at(static_cast<std::size_t>(algorithm));
}

} // namespace

std::string_view algorithmName(Algorithm algorithm)
{
    return traits(algorithm).name;
}

std::optional<Algorithm> signatureAlgorithm(std::string_view name)
{
    for (const Traits &entry : Table)
        if (entry.name == name)
            return entry.algorithm;
    return std::nullopt;
}

KeyKind keyKind(Algorithm algorithm)
{
    return traits(algorithm).kind;
}

std::string_view curveName(Algorithm algorithm)
{
    return traits(algorithm).curve;
}

const char *digestName(Algorithm algorithm)
{
    return traits(algorithm).digest;
}

std::size_t coordinateSize(Algorithm algorithm)
{
    return traits(algorithm).coordinate;
}

} // namespace kith::jose
