// SPDX-License-Identifier: Apache-2.0
#include "core/RootKeyPlace.h"

#include <boost/json.hpp>

namespace kith::core {

namespace json = boost::json;

namespace {

constexpr std::string_view PlaceSetting = "root key";

} // namespace

RootKeyPlace findPlace(store::Session &session)
{
    const auto text = session.text("SELECT value FROM setting WHERE name = ?", PlaceSetting);
    if (!text)
        return {};
    boost::system::error_code wrong;
    const json::value value = json::parse(*text, wrong);
    if (wrong || !value.is_object())
        return {};
    if (const json::value *id = value.get_object().if_contains("keychain"); id && id->is_string())
        return {RootKeyPlace::Kind::Keychain, std::string(id->get_string()), {}};
    if (const json::value *scrypt = value.get_object().if_contains("scrypt"); scrypt && scrypt->is_object())
        if (auto read = store::Scrypt::fromJson(scrypt->get_object()))
            return {RootKeyPlace::Kind::Passphrase, {}, std::move(*read)};
    return {};
}

void savePlace(store::WriteSession &session, const RootKeyPlace &place)
{
    json::object value;
    if (place.kind == RootKeyPlace::Kind::Keychain)
        value["keychain"] = place.keychainId;
    else if (place.kind == RootKeyPlace::Kind::Passphrase)
        value["scrypt"] = place.scrypt.toJson();
    if (value.empty())
        session.run("DELETE FROM setting WHERE name = ?", PlaceSetting);
    else
        session.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", PlaceSetting, json::serialize(value));
}

} // namespace kith::core
