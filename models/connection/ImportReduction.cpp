// SPDX-License-Identifier: Apache-2.0
#include "connection/ImportReduction.h"

#include "connection/Answers.h"
#include "connection/EachIn.h"
#include "store/Text.h"

namespace kith::connection {

namespace json = boost::json;

json::object importWarning(const char *code, const std::string &object, const std::string &text)
{
    return {{"severity", "warning"}, {"code", code}, {"place", ""}, {"object", object}, {"text", text}};
}

namespace {

/// Aliases whose mount is gone go; a warning for each.
void dropOrphans(json::object &entity, json::array &warnings)
{
    json::value *list = entity.if_contains("aliases");
    if (!list || !list->is_array())
        return;
    json::array kept;
    for (json::value &alias : list->get_array()) {
        if (!alias.is_object() || !textIn(alias.get_object(), "mount").empty())
            kept.push_back(std::move(alias));
        else
            warnings.push_back(importWarning("orphan-alias", "entity " + inQuotes(textIn(entity, "name")),
                                             "the alias " + inQuotes(textIn(alias.get_object(), "name")) +
                                                 " has no mount any more: no server takes such a one, it is left out"));
    }
    *list = std::move(kept);
}

void reduceGroup(json::object &group, json::array &warnings)
{
    const std::string label = "group " + inQuotes(textIn(group, "name"));
    if (json::value *alias = group.if_contains("alias"); alias && alias->is_object()) {
        if (holdsAny(alias->get_object(), "custom_metadata"))
            warnings.push_back(importWarning(
                "left-out", label, "this server takes no custom metadata for the alias of a group: it is left out"));
        alias->get_object().erase("metadata");
        alias->get_object().erase("custom_metadata");
        if (textIn(alias->get_object(), "mount").empty())
            group.erase("alias");
    }
    if (textIn(group, "type") != "external")
        return;
    if (holdsAny(group, "member_entities"))
        warnings.push_back(
            importWarning("left-out", label,
                          "only logins put people into an external group: its members are left out, and come "
                          "back with their logins"));
    group.erase("member_entities");
}

} // namespace

json::array leaveOut(json::value &document)
{
    json::array warnings;
    json::object *whole = document.if_object();
    if (!whole)
        return warnings;
    std::size_t said = 0; // aliases of which a login said something
    eachIn(*whole, "entities", [&](json::object &entity) {
        dropOrphans(entity, warnings);
        eachIn(entity, "aliases", [&](json::object &alias) {
            said += holdsAny(alias, "metadata") ? 1 : 0;
            alias.erase("metadata");
        });
    });
    if (said > 0)
        warnings.push_back(importWarning("left-out", "",
                                         "what logins said of " + std::to_string(said) +
                                             (said == 1 ? " alias" : " aliases") +
                                             " is left out, and comes back with the next logins"));
    eachIn(*whole, "groups", [&](json::object &group) { reduceGroup(group, warnings); });
    return warnings;
}

} // namespace kith::connection
