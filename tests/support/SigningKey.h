// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st; // OpenSSL's EVP_PKEY

namespace kith::test {

/// The key of somebody who signs tokens, made anew for each test.
class SigningKey
{
public:
    enum class Kind { P256, P384, P521, Rsa, Ed25519 };
    explicit SigningKey(Kind kind = Kind::P256);

    std::string pem() const; ///< The public half.
    boost::json::object jwk(std::string_view kid) const;

    /// A JWT of these claims. `header` is added to {"alg": algorithm}.
    std::string sign(const boost::json::object &claims, std::string_view algorithm = "ES256",
                     const boost::json::object &header = {}) const;
    /// The signature alone, as a JWS has it.
    std::string signature(std::string_view text, std::string_view algorithm) const;

private:
    Kind m_kind;
    std::shared_ptr<evp_pkey_st> m_key;
};

} // namespace kith::test
