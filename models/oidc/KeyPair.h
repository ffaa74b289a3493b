// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "oidc/Algorithm.h"
#include "store/Result.h"

#include <boost/json.hpp>

#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st; // OpenSSL's EVP_PKEY

namespace kith::oidc {

/// A private key with its public half. Immutable, cheap to copy, used by many threads at once.
class KeyPair
{
public:
    /// A new one; RSA has 2048 bits and takes its time (some 0.1 s), the others microseconds.
    static KeyPair make(Algorithm algorithm);
    /// Damaged: these bytes are no such key.
    static Result<KeyPair> fromPrivateDer(Algorithm algorithm, std::string_view der);
    static Result<KeyPair> fromPublicDer(Algorithm algorithm, std::string_view der); ///< Can only verify.

    Algorithm algorithm() const { return m_algorithm; }
    /// The same key under another algorithm of its kind: any RSA key signs RS256, RS384, RS512.
    KeyPair as(Algorithm algorithm) const { return {algorithm, m_key}; }

    std::string privateDer() const; ///< PKCS #8; whoever takes it wipes it.
    std::string publicDer() const;  ///< SubjectPublicKeyInfo.
    /// The members of a JWK (RFC 7517, RFC 8037) that make the public half.
    boost::json::object publicJwk(std::string_view kid) const;

    /// As JOSE has signatures: of ECDSA both numbers one after the other.
    std::string sign(std::string_view text) const;
    bool verifies(std::string_view text, std::string_view signature) const;

private:
    KeyPair(Algorithm algorithm, std::shared_ptr<evp_pkey_st> key) : m_algorithm(algorithm), m_key(std::move(key)) {}

    Algorithm m_algorithm;
    std::shared_ptr<evp_pkey_st> m_key;
};

} // namespace kith::oidc
