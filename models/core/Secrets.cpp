// SPDX-License-Identifier: Apache-2.0
#include "core/Secrets.h"

#include "core/Engine.h"
#include "core/Route.h"
#include "core/Router.h"
#include "store/Json.h"

namespace kith::core {

namespace json = boost::json;

Result<std::shared_ptr<const store::Seal>> sealOf(const Call &call)
{
    return call.router().engine().keyring.unsealed();
}

Result<Secrets> Secrets::of(const Call &call, store::Session &session)
{
    auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    return Secrets(std::move(*seal), session, call.mount().id);
}

Result<json::value> Secrets::find(std::string_view path) const
{
    const auto text = m_entries.find(path);
    if (!text)
        return text.error();
    if (!*text)
        return json::value();
    return store::fromJson(**text);
}

void Secrets::put(std::string_view path, const json::value &value) const
{
    m_entries.put(path, store::toJson(value));
}

Response listOfNames(const std::vector<std::string> &names)
{
    return listOf(json::array(names.begin(), names.end()));
}

void mergePatch(json::value &target, const json::value &patch)
{
    const json::object *changes = patch.if_object();
    if (!changes) {
        target = patch;
        return;
    }
    if (!target.is_object())
        target.emplace_object();
    json::object &members = target.get_object();
    for (const auto &change : *changes) {
        if (change.value().is_null())
            members.erase(change.key());
        else
            mergePatch(members[change.key()], change.value());
    }
}

} // namespace kith::core
