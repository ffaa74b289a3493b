// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "oidc/Collection.h"
#include "oidc/KeyMaker.h"
#include "store/Clock.h"

#include <array>

namespace kith::oidc {

/// A key by the name that roles and clients know it by: what signs now, what will sign next, and all that tokens may
/// still be verified with (spec/engine.md §11). A value; times in seconds unless they are Nanoseconds.
struct NamedKey {
    static constexpr std::string_view Folder = "oidc/key/";
    static constexpr std::array<std::string_view, 1> BuiltIns{"default"};
    static constexpr std::int64_t Day = 86'400;

    /// What signs.
    struct Signer {
        std::string kid; ///< A UUID.
        Algorithm algorithm = Algorithm::Rs256;
        std::string der; ///< PKCS #8.
    };
    /// What verifies.
    struct Public {
        std::string kid;
        Algorithm algorithm = Algorithm::Rs256;
        std::string der; ///< SubjectPublicKeyInfo.
        boost::json::object jwk;
        Nanoseconds expires = 0; ///< 0: it signs, or will.
    };

    std::string name;
    Algorithm algorithm = Algorithm::Rs256;
    std::int64_t rotationPeriod = Day;
    std::int64_t verificationTtl = Day;
    std::vector<std::string> allowedClientIds; ///< As they were given; "*": all.
    std::optional<Signer> signing;             ///< None: the built-in key that nobody has used yet.
    std::optional<Signer> next;                ///< Published already, so that verifiers know it in time.
    std::vector<Public> ring;
    Nanoseconds nextRotation = 0;

    bool allows(std::string_view clientId) const;

    /// New signing and next keys, if it has none or they are of another algorithm than it is to be; what they replace
    /// expires. Fails with outOfKeys().
    Result<void> ensureKeys(KeySupply &supply, Nanoseconds now);
    /// The next key signs from now on; the one before verifies for so many more seconds. Fails with outOfKeys().
    Result<void> rotate(KeySupply &supply, Nanoseconds now, std::int64_t verificationSeconds);
    /// Drops what verifies no more; whether there was something.
    bool dropExpired(Nanoseconds now);
    /// Whether it is time to rotate or to drop.
    bool isDue(Nanoseconds now) const;

    boost::json::object toJson() const;
    static NamedKey fromJson(std::string name, const boost::json::object &object);
    static std::optional<NamedKey> builtIn(std::string_view name);

private:
    Result<Signer> newSigner(KeySupply &supply);
    void expire(std::string_view kid, Nanoseconds at);
};

using NamedKeys = Collection<NamedKey>;

/// Gives a key that is about to be used what it signs with, if it has nothing yet. Fails with outOfKeys().
Result<void> prepareKey(const store::Entries &entries, NamedKey key, KeySupply &supply, Nanoseconds now);

/// Saves the key, and the way from each of its key ids to it.
void saveKey(const store::Entries &entries, const NamedKey &key);
void removeKey(const store::Entries &entries, const NamedKey &key);
/// What a key id of a token stands for; none: nobody's, or it has expired.
Result<std::optional<NamedKey::Public>> findPublic(const store::Entries &entries, std::string_view kid,
                                                   Nanoseconds now);

} // namespace kith::oidc
