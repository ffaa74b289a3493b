// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "jose/SignatureAlgorithm.h"
#include "store/Result.h"

#include <boost/json.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct evp_pkey_st; // OpenSSL's EVP_PKEY

namespace kith::jose {

/// The public half of somebody's key: RSA, P-256, P-384, P-521 or Ed25519. Immutable, cheap to copy, used by many
/// threads at once.
class PublicKey
{
public:
    /// One PEM block, a SubjectPublicKeyInfo or a certificate, and nothing else. Fails with status 400 and what it
    /// isn't, in the real server's words where those are known.
    static Result<PublicKey> fromPem(std::string_view pem);
    /// SubjectPublicKeyInfo. Damaged: it isn't one.
    static Result<PublicKey> fromDer(std::string_view der);
    /// RFC 7517. Fails with status 400: a kind of key that isn't known, or numbers that are no key; with NotFound, of
    /// numbers that the real server takes though nobody can sign by them.
    static Result<PublicKey> fromJwk(const boost::json::object &jwk);

    /// Another's view of the same key; a private half stays unused.
    explicit PublicKey(std::shared_ptr<evp_pkey_st> key) : m_key(std::move(key)) {}

    /// Whether a key of this kind, on this curve, signs so.
    bool fits(SignatureAlgorithm algorithm) const;
    /// False too when it doesn't fit. `signature`: as a JWS has it.
    bool verifies(SignatureAlgorithm algorithm, std::string_view text, std::string_view signature) const;

private:
    std::shared_ptr<evp_pkey_st> m_key;
};

/// Whether a text holds at least one certificate in PEM, as authorities are given.
bool holdsCertificates(std::string_view pem);

/// A key of a set, with the name that tokens call it by (empty: none).
struct NamedPublicKey {
    std::string kid;
    PublicKey key;
};

/// A JWK set (RFC 7517 §5). As in the real server all of it is refused, with status 400, when a key in it is of a kind
/// or on a curve that isn't known; left out are secrets (`oct`), and RSA and Ed25519 keys whose numbers are none.
Result<std::vector<NamedPublicKey>> keySet(const boost::json::value &json);

} // namespace kith::jose
